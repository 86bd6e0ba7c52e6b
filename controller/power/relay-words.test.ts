import { expect, it } from 'vitest';
import { foreignWordOf, wordOf } from './relay-words.ts';

const heard = (topic: string, payload: string | object) =>
  foreignWordOf({
    topic,
    payload: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
    isReplay: false,
  });

const tasmota = { by: 'topic', kind: 'tasmota', topic: 'plug' };
const shelly = { by: 'topic', kind: 'shelly', topic: 'shelly1-AB12' };

it.each([
  ['stat/plug/POWER', 'ON', [{ channel: 0, on: true }]],
  ['stat/plug/POWER3', 'OFF', [{ channel: 2, on: false }]],
  ['stat/plug/RESULT', { POWER2: 'ON' }, [{ channel: 1, on: true }]],
  [
    'tele/plug/STATE',
    { Time: '2026-01-01T00:00:00', POWER1: 'ON', POWER2: 'OFF', Wifi: { AP: 1 } },
    [
      { channel: 0, on: true },
      { channel: 1, on: false },
    ],
  ],
] as const)('reads Tasmota’s %s', (topic, payload, channels) => {
  expect(heard(topic, payload)).toEqual({ from: tasmota, word: { isOnline: true, channels } });
});

it('reads whether a Tasmota is there', () => {
  expect(heard('tele/plug/LWT', 'Online')?.word).toEqual({ isOnline: true, channels: [] });
  expect(heard('tele/plug/LWT', 'Offline')?.word).toEqual({ isOnline: false, channels: [] });
});

it('reads a Shelly of the first generation', () => {
  expect(heard('shellies/shelly1-AB12/relay/0', 'on')).toEqual({
    from: shelly,
    generation: 1,
    word: { isOnline: true, channels: [{ channel: 0, on: true }] },
  });
  expect(heard('shellies/shelly1-AB12/relay/1', 'overpower')?.word.channels).toEqual([
    { channel: 1, on: false },
  ]);
  expect(heard('shellies/shelly1-AB12/online', 'false')?.word).toEqual({ isOnline: false, channels: [] });
});

it.each([
  [
    'shelly1-AB12/events/rpc',
    { src: 'x', method: 'NotifyStatus', params: { ts: 1, 'switch:1': { id: 1, output: true } } },
  ],
  ['shelly1-AB12/status/switch:1', { id: 1, output: true, source: 'MQTT' }],
  ['shelly1-AB12/homeroom/rpc', { id: 'ask-1', src: 'x', result: { id: 1, output: true } }],
])('reads a later Shelly’s %s', (topic, payload) => {
  expect(heard(topic, payload)).toEqual({
    from: shelly,
    generation: 2,
    word: { isOnline: true, channels: [{ channel: 1, on: true }] },
  });
});

it.each([
  ['stat/plug/POWER', 'maybe'],
  ['stat/plug/STATUS', 'ON'],
  ['stat/plug/RESULT', 'not JSON'],
  ['stat/plug/RESULT', { POWER: 1 }],
  ['stat/plug/deeper/POWER', 'ON'],
  ['shellies/shelly1-AB12/relay/x', 'on'],
  ['shellies/shelly1-AB12/relay/0', 'ON'],
  ['shelly1-AB12/homeroom/rpc', { id: '1', result: { was_on: false } }],
  ['shelly1-AB12/events/rpc', { method: 'NotifyEvent', params: { 'switch:0': { output: true } } }],
  ['shelly1-AB12/status/input:0', { id: 0, state: true }],
  ['shelly1-AB12/status/switch:0', { id: 0, output: 'true' }],
])('takes nothing from %s %s', (topic, payload) => {
  expect(heard(topic, payload)).toBeUndefined();
});

it('reads a board’s channels, and that a hand holds one', () => {
  const since = '2026-01-01T00:00:00.000Z';
  const value = {
    online: true,
    channels: [
      { on: true, since, byHand: true },
      { on: false, since },
    ],
  };
  expect(wordOf({ parsed: { kind: 'relay-state', relay: 'strip-1' }, value, isReplay: false })).toEqual({
    from: { by: 'id', id: 'strip-1' },
    word: {
      isOnline: true,
      channels: [
        { channel: 0, on: true, isByHand: true },
        { channel: 1, on: false, isByHand: undefined },
      ],
    },
  });
});

it('passes over what a board’s will says of its channels', () => {
  const value = { online: false, channels: [{ on: true, since: '2026-01-01T00:00:00.000Z' }] };
  expect(wordOf({ parsed: { kind: 'relay-state', relay: 'strip-1' }, value, isReplay: false })?.word).toEqual(
    {
      isOnline: false,
      channels: [],
    },
  );
});

it('reads the lines of a device, but those that it cannot tell', () => {
  const parsed = { kind: 'device', device: 'pi-1', leaf: 'relays' } as const;
  const value = {
    channels: [
      { channel: 4, name: 'A', on: true, since: '' },
      { channel: 5, name: 'B', on: null, since: '' },
    ],
  };
  expect(wordOf({ parsed, value, isReplay: false })?.word).toEqual({ channels: [{ channel: 4, on: true }] });
  expect(
    wordOf({ parsed: { ...parsed, leaf: 'state' }, value: { state: 'lost' }, isReplay: false })?.word,
  ).toEqual({ isOnline: false, channels: [] });
});
