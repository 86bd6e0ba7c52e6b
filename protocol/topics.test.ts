import { describe, expect, it } from 'vitest';
import { messageKindOf, messageRuleOf, messages } from './messages.ts';
import { deviceStateLeaves, isDeviceId, parseTopic, topics } from './topics.ts';

const nonce = 'a1'.repeat(8);

describe('topics and parseTopic', () => {
  it('read back what they build, every kind', () => {
    for (const leaf of [...deviceStateLeaves, 'desired'] as const) {
      expect(parseTopic(topics.device('pi-01', leaf))).toEqual({ kind: 'device', device: 'pi-01', leaf });
    }
    for (const kind of ['event', 'command', 'result'] as const) {
      const expected = { kind, device: 'pi-01', name: 'kiosk.restart' };
      expect(parseTopic(topics[kind]('pi-01', 'kiosk.restart'))).toEqual(expected);
    }
    expect(parseTopic(topics.relayCommand('board-7'))).toEqual({ kind: 'relay-command', relay: 'board-7' });
    expect(parseTopic(topics.relayState('board-7'))).toEqual({ kind: 'relay-state', relay: 'board-7' });
    expect(parseTopic(topics.controllerState())).toEqual({ kind: 'controller-state' });
    expect(parseTopic(topics.enrolRequest(nonce))).toEqual({ kind: 'enrol-request', nonce });
    expect(parseTopic(topics.enrolReply(nonce))).toEqual({ kind: 'enrol-reply', nonce });
  });

  it.each([
    '',
    'homeroom',
    'homeroom/v1',
    'homeroom/v1/',
    'homeroom/v1/pi-01',
    'homeroom/v1//state',
    'homeroom/v1/pi-01/',
    'homeroom/v1/pi-01/state/',
    'homeroom/v1/pi-01/state/x',
    'homeroom/v1/pi-01/secret',
    'homeroom/v1/pi-01/__proto__',
    'homeroom/v1/pi-01/command',
    'homeroom/v1/pi-01/command/',
    'homeroom/v1/pi-01/command/Reboot',
    'homeroom/v1/pi-01/command/reboot/now',
    'homeroom/v1/pi-01/command/a..b',
    'homeroom/v1/+/state',
    'homeroom/v1/#',
    'homeroom/v1/pi-01/command/+',
    'homeroom/v1/PI-01/state',
    'homeroom/v1/pi_01/state',
    'homeroom/v1/pi-01\u0000/state',
    'homeroom/v1/pi-01\n/state',
    'homeroom/v1/pi-01/state\n',
    'homeroom/v2/pi-01/state',
    'xhomeroom/v1/pi-01/state',
    '/homeroom/v1/pi-01/state',
    '$SYS/broker/uptime',
    'homeroom/v1/controller',
    'homeroom/v1/controller/command/reboot',
    'homeroom/v1/relay/state',
    'homeroom/v1/relay/board-7/reply',
    'homeroom/v1/relay/board-7/command/x',
    'homeroom/v1/enrol/short/request',
    `homeroom/v1/enrol/${nonce}`,
    `homeroom/v1/enrol/${nonce}/state`,
    `homeroom/v1/enrol/${nonce.toUpperCase()}/request`,
    `homeroom/v1/enrol/${'a'.repeat(65)}/request`,
  ])('takes %j for none of ours', (topic) => {
    expect(parseTopic(topic)).toBeUndefined();
    expect(messageRuleOf(topic)).toBeUndefined();
  });
});

describe('isDeviceId', () => {
  it('takes 3 to 63 letters, digits and inner dashes', () => {
    expect(['pi1', '10000000a3b2c1d0', 'a-b', 'a'.repeat(63)].filter((id) => !isDeviceId(id))).toEqual([]);
  });

  it('refuses what a broker’s pattern or a DNS label would not take, and the tree’s own levels', () => {
    const bad = [
      '',
      'ab',
      'a'.repeat(64),
      '-ab',
      'ab-',
      'a b',
      'a/b',
      'a+b',
      '#',
      'Äbc',
      'relay',
      'controller',
      'enrol',
    ];
    expect(bad.filter(isDeviceId)).toEqual([]);
  });
});

describe('messages', () => {
  it('finds its rule for each topic that it lists', () => {
    for (const [kind, rule] of Object.entries(messages)) {
      const topic = `homeroom/v1/${rule.topic}`
        .replace('<device>', 'pi-01')
        .replace('<relay>', 'board-7')
        .replace('<nonce>', nonce)
        .replace(/<(?:kind|name)>/, 'identify');
      const parsed = parseTopic(topic);
      expect(parsed && messageKindOf(parsed)).toBe(kind);
      expect(messageRuleOf(topic)).toBe(rule);
    }
  });

  it('retains state and never a command, an event or an answer', () => {
    const retained = Object.entries(messages).flatMap(([kind, rule]) => (rule.retained ? [kind] : []));
    expect(retained).toEqual([
      ...deviceStateLeaves.slice(0, 2),
      'desired',
      ...deviceStateLeaves.slice(2),
      'relay-state',
      'controller-state',
    ]);
  });
});
