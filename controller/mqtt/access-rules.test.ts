import { commands, deviceStateLeaves, messages, topics } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import { accessOf, type Identity, mayReceive, maySubscribe, refusalOfPublication } from './access-rules.ts';

const nonce = 'a1b2c3d4e5f6a7b8';
const identities = {
  device: { kind: 'device', device: 'pi-1' },
  claim: { kind: 'claim', nonce },
  observer: { kind: 'observer' },
  controller: { kind: 'controller' },
} as const satisfies Record<string, Identity>;
type Who = keyof typeof identities;

const refusal = (who: Who, topic: string, options: { retain?: boolean; payloadBytes?: number } = {}) =>
  refusalOfPublication(accessOf(identities[who]), { topic, retain: false, payloadBytes: 2, ...options });
const subscribes = (who: Who, filter: string) => maySubscribe(accessOf(identities[who]), filter);

/** Every topic of the protocol, as device pi-1 and this nonce have it, with who may publish it. */
const publishers: Record<string, Who[]> = {
  ...Object.fromEntries(
    deviceStateLeaves.map((leaf) => [topics.device('pi-1', leaf), ['device', 'controller']]),
  ),
  [topics.device('pi-1', 'desired')]: ['controller'],
  [topics.event('pi-1', 'hdmi.connected')]: ['device', 'controller'],
  [topics.command('pi-1', 'identify')]: ['controller'],
  [topics.result('pi-1', 'identify')]: ['device', 'controller'],
  [topics.relayCommand('board-1')]: ['controller'],
  [topics.relayState('board-1')]: ['controller'],
  [topics.controllerState()]: ['controller'],
  [topics.enrolRequest(nonce)]: ['claim', 'controller'],
  [topics.enrolReply(nonce)]: ['controller'],
};

describe('publishing', () => {
  it('knows every kind of message that the protocol has', () => {
    expect(Object.keys(publishers)).toHaveLength(Object.keys(messages).length);
  });

  for (const [topic, allowed] of Object.entries(publishers)) {
    for (const who of Object.keys(identities) as Who[]) {
      const may = allowed.includes(who);
      it(`${may ? 'lets' : 'does not let'} the ${who} publish ${topic}`, () => {
        expect(refusal(who, topic)).toBe(may ? undefined : 'topic_not_allowed');
      });
    }
  }

  it.each([
    topics.device('pi-2', 'state'),
    topics.event('pi-2', 'hdmi.connected'),
    topics.result('pi-2', 'identify'),
    topics.device('pi-10', 'state'),
  ])('keeps a device off %s, which is another’s', (topic) => {
    expect(refusal('device', topic)).toBe('topic_not_allowed');
  });

  it.each([
    '$SYS/broker/x',
    'homeroom/v1/pi-1',
    'homeroom/v1/pi-1/state/x',
    'homeroom/v1/pi-1/state/',
    '/homeroom/v1/pi-1/state',
    'homeroom/v2/pi-1/state',
    'homeroom/v1/pi-1/event/a/b',
    'homeroom/v1/+/state',
    'homeroom/v1/enrol/short/request',
    'else/where',
  ])('lets nobody publish %s, which is no topic of ours', (topic) => {
    for (const who of Object.keys(identities) as Who[]) expect(refusal(who, topic)).toBe('topic_unknown');
  });

  it('lets a claim ask under its own nonce alone', () => {
    expect(refusal('claim', topics.enrolRequest('b1b2c3d4e5f6a7b8'))).toBe('topic_not_allowed');
  });

  it.each([
    topics.command('pi-1', 'relay'),
    topics.result('pi-1', 'relay'),
    topics.event('pi-1', 'relay.changed'),
    topics.relayCommand('board-1'),
    topics.enrolReply(nonce),
  ])('refuses a retained %s even from the controller', (topic) => {
    expect(refusal('controller', topic, { retain: true })).toBe('command_retained');
  });

  it('takes retained state', () => {
    expect(refusal('device', topics.device('pi-1', 'state'), { retain: true })).toBeUndefined();
  });

  it('takes a payload of exactly the topic’s limit and none larger', () => {
    const topic = topics.device('pi-1', 'state');
    expect(refusal('device', topic, { payloadBytes: messages.state.maxBytes })).toBeUndefined();
    expect(refusal('device', topic, { payloadBytes: messages.state.maxBytes + 1 })).toBe('payload_too_large');
  });
});

describe('subscribing', () => {
  it.each([
    topics.device('pi-1', 'desired'),
    topics.command('pi-1', '+'),
    topics.command('pi-1', 'identify'),
    topics.controllerState(),
  ])('lets a device read %s', (filter) => {
    expect(subscribes('device', filter)).toBe(true);
  });

  it.each([
    '#',
    '+/#',
    '$SYS/#',
    'homeroom/#',
    'homeroom/v1/#',
    'homeroom/v1/+/desired',
    'homeroom/v1/+/command/+',
    'homeroom/v1/pi-1/#',
    'homeroom/v1/pi-1/+',
    'homeroom/v1/pi-1/command/#',
    'homeroom/v1/pi-2/desired',
    'homeroom/v1/pi-2/command/identify',
    'homeroom/+/pi-1/desired',
    '+/v1/pi-1/desired',
    'homeroom/v1/enrol/+/reply',
    '$share/group/homeroom/v1/pi-1/desired',
  ])('does not let a device read %s', (filter) => {
    expect(subscribes('device', filter)).toBe(false);
  });

  it('lets a claim read its own reply alone', () => {
    expect(subscribes('claim', topics.enrolReply(nonce))).toBe(true);
    for (const filter of [
      '#',
      'homeroom/v1/enrol/+/reply',
      'homeroom/v1/enrol/#',
      topics.enrolRequest(nonce),
    ])
      expect(subscribes('claim', filter)).toBe(false);
  });

  it('lets the observer read everything of ours and nothing of the broker’s', () => {
    for (const filter of ['homeroom/#', 'homeroom/v1/#', 'homeroom/v1/+/state'])
      expect(subscribes('observer', filter)).toBe(true);
    for (const filter of ['#', '+/#', '$SYS/#']) expect(subscribes('observer', filter)).toBe(false);
  });
});

describe('what the observer never sees', () => {
  const sees = (topic: string) => mayReceive(accessOf(identities.observer), topic);

  it('sees state, desired documents and events', () => {
    expect(sees(topics.device('pi-1', 'health'))).toBe(true);
    expect(sees(topics.device('pi-1', 'desired'))).toBe(true);
    expect(sees(topics.event('pi-1', 'kiosk.crashed'))).toBe(true);
  });

  it('sees nothing of enrolments', () => {
    expect(sees(topics.enrolRequest(nonce))).toBe(false);
    expect(sees(topics.enrolReply(nonce))).toBe(false);
  });

  it.each(Object.entries(commands).map(([name, rule]) => [name, !rule.secret]))(
    'sees the command %s and its result: %s',
    (name, visible) => {
      expect(sees(topics.command('pi-1', String(name)))).toBe(visible);
      expect(sees(topics.result('pi-1', String(name)))).toBe(visible);
    },
  );
});
