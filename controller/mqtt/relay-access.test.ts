import { describe, expect, it } from 'vitest';
import { isRelayLevel } from '../power/relay-topics.ts';
import { accessOf, type Identity, isKept, maySubscribe, refusalOfPublication } from './access-rules.ts';
import { isHeardOfRelays } from './inbound-messages.ts';

const relays = {
  board: { kind: 'relay', relay: 'strip-1', speaks: 'board', topic: 'strip-1' },
  tasmota: { kind: 'relay', relay: 'plug-1', speaks: 'tasmota', topic: 'plug' },
  shelly: { kind: 'relay', relay: 'shelly-1', speaks: 'shelly', topic: 'shelly1-AB' },
} as const satisfies Record<string, Identity>;
type Who = keyof typeof relays;

const refusal = (who: Who, topic: string, retain = false) =>
  refusalOfPublication(accessOf(relays[who]), { topic, retain, payloadBytes: 2 });

describe('a relay', () => {
  it.each([
    ['board', 'homeroom/v1/relay/strip-1/state'],
    ['tasmota', 'stat/plug/POWER'],
    ['tasmota', 'tele/plug/LWT'],
    ['tasmota', 'cmnd/plug/POWER'],
    ['tasmota', 'tasmota/discovery/AABBCC/config'],
    ['shelly', 'shellies/shelly1-AB/relay/0'],
    ['shelly', 'shellies/announce'],
    ['shelly', 'shelly1-AB/events/rpc'],
    ['shelly', 'shelly1-AB/homeroom/rpc'],
  ] as const)('%s says %s', (who, topic) => {
    expect(refusal(who, topic)).toBeUndefined();
  });

  it.each([
    ['board', 'homeroom/v1/relay/strip-2/state'],
    ['board', 'homeroom/v1/relay/strip-1/command'],
    ['board', 'stat/plug/POWER'],
    ['tasmota', 'stat/plug2/POWER'],
    ['tasmota', 'cmnd/other/POWER'],
    ['tasmota', 'homeroom/v1/relay/plug-1/state'],
    ['tasmota', 'homeroom/v1/pi-1/state'],
    ['shelly', 'shellies/shelly1-AC/relay/0'],
    ['shelly', 'shellies/shelly1-AB/relay2'],
    ['shelly', 'shelly1-AB/rpc'],
    ['shelly', 'other/rpc'],
  ] as const)('%s does not say %s', (who, topic) => {
    expect(refusal(who, topic)).toBeDefined();
  });

  it('hears what is said to it, and nothing else', () => {
    const hears = (who: Who, filter: string) => maySubscribe(accessOf(relays[who]), filter);
    expect(hears('board', 'homeroom/v1/relay/strip-1/command')).toBe(true);
    expect(hears('tasmota', 'cmnd/plug/#')).toBe(true);
    expect(hears('shelly', 'shellies/shelly1-AB/relay/0/command')).toBe(true);
    expect(hears('shelly', 'shelly1-AB/rpc')).toBe(true);
    for (const who of Object.keys(relays) as Who[])
      for (const filter of ['#', '+/#', 'cmnd/#', 'cmnd/+/POWER', 'homeroom/#', 'shellies/#', 'stat/plug/#'])
        expect(hears(who, filter), `${who} ${filter}`).toBe(false);
  });

  it('leaves no command behind, and nothing else than whether it is there', () => {
    expect(refusal('tasmota', 'cmnd/plug/POWER', true)).toBe('command_retained');
    const kept = (topic: string) => isKept(accessOf(relays.tasmota), topic);
    expect(kept('tele/plug/LWT')).toBe(true);
    expect(kept('stat/plug/POWER')).toBe(false);
    expect(kept('stat/plug/made-up-17')).toBe(false);
    expect(isKept(accessOf(relays.board), 'homeroom/v1/relay/strip-1/state')).toBe(true);
  });

  it('says nothing long', () => {
    const message = { topic: 'tele/plug/STATE', retain: false, payloadBytes: 4_097 };
    expect(refusalOfPublication(accessOf(relays.tasmota), message)).toBe('payload_too_large');
  });
});

describe('the controller', () => {
  const says = (topic: string, retain = false) =>
    refusalOfPublication(accessOf({ kind: 'controller' }), { topic, retain, payloadBytes: 2 });

  it('commands relays, and leaves none of it behind', () => {
    for (const topic of ['cmnd/plug/POWER1', 'shellies/a/relay/0/command', 'shelly1-AB/rpc']) {
      expect(says(topic)).toBeUndefined();
      expect(says(topic, true)).toBe('command_retained');
    }
    expect(says('stat/plug/POWER')).toBe('topic_unknown');
  });

  it('hears their words and not their other business', () => {
    for (const topic of ['stat/plug/POWER', 'tele/plug/LWT', 'shellies/a/relay/0', 'b/events/rpc'])
      expect(isHeardOfRelays(topic)).toBe(true);
    for (const topic of ['tele/plug/SENSOR', 'cmnd/plug/POWER', 'else/where', 'b/rpc'])
      expect(isHeardOfRelays(topic)).toBe(false);
  });
});

describe('the level of a relay', () => {
  it('is a word that means nothing yet', () => {
    for (const level of ['plug', 'shelly1-AB12', 'Room_3']) expect(isRelayLevel(level)).toBe(true);
    for (const level of ['homeroom', 'Stat', 'cmnd', 'shellies', 'a/b', '+', '#', '$SYS', '', 'a b'])
      expect(isRelayLevel(level)).toBe(false);
  });
});
