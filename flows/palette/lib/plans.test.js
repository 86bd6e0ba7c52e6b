import { describe, expect, it } from 'vitest';
import { planDeviceCommand } from './plan-device-command.js';
import { planHdmiSwitch } from './plan-hdmi-switch.js';
import { planLesson } from './plan-lesson.js';
import { planRelay } from './plan-relay.js';
import { planRoomControl } from './plan-room-control.js';
import { planSessionControl } from './plan-session-control.js';

const fault = { name: 'PlanFault' };

/** Everything is known by name, and has the name as its id in brackets. */
const find = async (what, wanted, within) => ({
  id: `${what}(${wanted})${within?.room ? `@${within.room}` : ''}`,
});
const post = (path, body) => ({ method: 'POST', path, body });

describe('room control', () => {
  const room = { room: 'A', action: 'lock' };
  const base = `/rooms/${encodeURIComponent('room(A)')}`;

  it.each([
    ['locks the room', room, {}, post(`${base}/lock`, { on: true })],
    [
      'unlocks two seats',
      { ...room, action: 'unlock', seats: '1, 2' },
      {},
      post(`${base}/lock`, { seats: ['seat(1)@room(A)', 'seat(2)@room(A)'], on: false }),
    ],
    ['locks for a time', { ...room, forS: '60' }, {}, post(`${base}/lock`, { forS: 60, on: true })],
    [
      'lets the message decide',
      room,
      { action: 'message', text: 'Hello', seats: ['3'] },
      post(`${base}/message`, { seats: ['seat(3)@room(A)'], text: 'Hello' }),
    ],
    [
      'says the text of the message',
      { ...room, action: 'message' },
      'Hello',
      post(`${base}/message`, { text: 'Hello' }),
    ],
    [
      'opens the page that is set',
      { ...room, action: 'open', value: 'https://a.example' },
      {},
      post(`${base}/open`, { url: 'https://a.example' }),
    ],
    [
      'closes it',
      { ...room, action: 'close', value: 'https://a.example' },
      {},
      post(`${base}/open`, { url: null }),
    ],
    [
      'starts a lesson',
      { ...room, action: 'start', template: 'T' },
      { lesson: 'l-1' },
      post(`${base}/start`, { lesson: 'l-1' }),
    ],
    [
      'starts a template for a group',
      { ...room, action: 'start', template: 'T' },
      { group: 'G' },
      post(`${base}/start`, { template: 'template(T)', group: 'group(G)' }),
    ],
    [
      'ends the class',
      { ...room, action: 'stop' },
      { warnS: 120, powerOff: false },
      post(`${base}/stop`, { warnS: 120, powerOff: false }),
    ],
    ['looks at it', { ...room, action: 'look' }, {}, { method: 'GET', path: `${base}/wall` }],
    ['mutes', { ...room, action: 'mute' }, {}, post(`${base}/mute`, { on: true })],
    [
      'broadcasts',
      { ...room, action: 'broadcast' },
      { session: 's-1' },
      post(`${base}/broadcast`, { session: 's-1' }),
    ],
  ])('%s', async (_title, config, payload, planned) => {
    expect(await planRoomControl(config, { payload }, find)).toEqual(planned);
  });

  it.each([
    [{ action: 'lock' }, {}],
    [{ room: 'A' }, {}],
    [{ room: 'A', action: 'dance' }, {}],
    [{ room: 'A', action: 'message' }, {}],
    [{ room: 'A', action: 'lock', forS: 'long' }, {}],
  ])('refuses %j with %j', async (config, payload) => {
    await expect(planRoomControl(config, { payload }, find)).rejects.toMatchObject(fault);
  });
});

describe('relay', () => {
  const seat = { target: 'seat', seat: '1' };
  const channel = { target: 'channel', relay: 'strip', channel: '2' };
  const power = (action) => post(`/seats/${encodeURIComponent('seat(1)')}/power`, { action });
  const switched = (on) => post(`/relays/${encodeURIComponent('relay(strip)')}/channels/2/switch`, { on });

  it.each([
    [seat, true, power('on')],
    [seat, 'off', power('off')],
    [seat, 'cycle', power('cycle')],
    [seat, { action: 'cycle' }, power('cycle')],
    [seat, { on: false }, power('off')],
    [channel, 'ON', switched(true)],
    [channel, 0, switched(false)],
    [channel, { on: true }, switched(true)],
  ])('%j by %j', async (config, payload, planned) => {
    expect(await planRelay(config, { payload }, find)).toEqual(planned);
  });

  it.each([
    [seat, undefined],
    [seat, 'maybe'],
    [seat, {}],
    [channel, 'toggle'],
    [channel, 1_700_000_000_000],
    [{ ...channel, channel: '-1' }, true],
    [{ target: 'channel', channel: '1' }, true],
  ])('switches nothing for %j by %j', async (config, payload) => {
    await expect(planRelay(config, { payload }, find)).rejects.toMatchObject(fault);
  });
});

describe('session control', () => {
  it.each([
    [{ action: 'end' }, 's-1', { method: 'DELETE', path: '/sessions/s-1' }],
    [{ action: 'end' }, { action: 'keep', session: 's-1' }, { method: 'POST', path: '/sessions/s-1/keep' }],
    [{ action: 'move', seat: 'A/2' }, { id: 's-1' }, post('/sessions/s-1/move', { seat: 'seat(A/2)' })],
  ])('%j with %j', async (config, payload, planned) => {
    expect(await planSessionControl(config, { payload }, find)).toEqual(planned);
  });

  it('needs to know which, and what', async () => {
    await expect(planSessionControl({ action: 'end' }, { payload: {} }, find)).rejects.toThrow('No session');
    await expect(planSessionControl({ action: 'x' }, { payload: 's' }, find)).rejects.toMatchObject(fault);
  });
});

describe('device command', () => {
  it('sends what is set, to the device that the message names', async () => {
    const config = { device: 'D', command: 'identify', args: '{"seconds":5}' };
    expect(await planDeviceCommand(config, { device: 'E', payload: 0 }, find)).toEqual(
      post(`/devices/${encodeURIComponent('device(E)')}/commands`, {
        name: 'identify',
        args: { seconds: 5 },
      }),
    );
  });

  it.each(['[]', 'no', '"x"', 'null'])('refuses %s for arguments', async (args) => {
    const config = { device: 'D', command: 'identify', args };
    await expect(planDeviceCommand(config, { payload: {} }, find)).rejects.toThrow('no JSON object');
  });
});

describe('hdmi switch', () => {
  it('routes the input of the message to the output that is set', async () => {
    const planned = await planHdmiSwitch({ switch: 'S', output: '2' }, { payload: 3 }, find);
    expect(planned.body).toEqual({ output: 2, input: 3 });
  });

  it.each([0, 33, 'x', undefined])('refuses input %s', async (payload) => {
    await expect(planHdmiSwitch({ switch: 'S' }, { payload }, find)).rejects.toMatchObject(fault);
  });
});

describe('lesson', () => {
  it.each([
    ['preview', { method: 'GET', path: '/lessons/l-1/preview' }],
    ['cancel', { method: 'PATCH', path: '/lessons/l-1', body: { cancelled: true } }],
    ['by-itself', { method: 'PATCH', path: '/lessons/l-1', body: { automatic: true } }],
    ['by-hand', { method: 'PATCH', path: '/lessons/l-1', body: { automatic: false } }],
  ])('%s', async (action, planned) => {
    expect(await planLesson({}, { payload: { action, lesson: { id: 'l-1' } } })).toEqual(planned);
  });

  it('refuses what it does not know', async () => {
    await expect(planLesson({}, { payload: { action: 'x', lesson: 'l' } })).rejects.toMatchObject(fault);
  });
});
