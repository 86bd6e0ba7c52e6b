import { cec, decodeValue, HomeroomError, hdmi, health, input, relays } from '@homeroom/protocol/wire';
import { expect, test } from 'vitest';
import type { Board } from '../board.ts';
import { capabilitiesOf } from '../capabilities.ts';
import type { Clock } from '../clock.ts';
import type { Presence } from '../presence.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { createSimulatedBoard } from './simulated-board.ts';

const stopped: Clock = {
  now: () => new Date('2026-11-20T08:00:00.000Z'),
  monotonicMs: () => 5_000,
  after: () => () => undefined,
};

function portOf<Port>(presence: Presence<Port>): Port {
  if (!presence.present) throw new Error(presence.reason);
  return presence.port;
}

function boardOf(goDown: (how: string) => void = () => undefined): Board {
  return createSimulatedBoard({ name: 'seat-1', clock: stopped, goDown });
}

test('every payload of a fresh board is what the protocol asks for', async () => {
  const board = boardOf();
  expect(decodeValue(hdmi, await portOf(board.hdmi).read())).toMatchObject({ ok: true });
  expect(decodeValue(cec, await portOf(board.cec).read())).toMatchObject({ ok: true });
  expect(decodeValue(input, await portOf(board.input).read())).toMatchObject({ ok: true });
  expect(decodeValue(relays, await portOf(board.relays).read())).toMatchObject({ ok: true });
  expect(decodeValue(health, await board.health.read())).toMatchObject({ ok: true });
});

test('start tells the first state of everything, once', async () => {
  const board = boardOf();
  const told: string[] = [];
  portOf(board.hdmi).onChange(() => told.push('hdmi'));
  portOf(board.cec).onChange(() => told.push('cec'));
  portOf(board.input).onChange(() => told.push('input'));
  portOf(board.relays).onChange(() => told.push('relays'));
  await board.start();
  await board.start();
  expect(told).toEqual(['hdmi', 'cec', 'input', 'relays']);
});

test('pulling the plug takes monitor, mode and CEC link away at once', async () => {
  const board = boardOf();
  const told: unknown[] = [];
  await board.start();
  portOf(board.hdmi).onChange((state) => told.push(state));
  portOf(board.simulator).apply({ what: 'hdmi', connector: 'HDMI-A-1', connected: false });
  expect(told).toEqual([{ connectors: [{ name: 'HDMI-A-1', connected: false, monitor: null, mode: null }] }]);
  expect((await portOf(board.cec).read()).adapters[0]).toEqual({
    name: 'cec0',
    connector: 'HDMI-A-1',
    power: 'no-link',
    physicalAddress: null,
    isActiveSource: null,
    television: null,
  });
});

test('a television that never answers looks like a monitor without CEC', async () => {
  const board = boardOf();
  portOf(board.simulator).apply({ what: 'tv', power: 'on', answers: false });
  expect((await portOf(board.cec).read()).adapters[0]).toMatchObject({ power: 'no-peer', television: null });
  expect(await portOf(board.screen).read()).toBe('unknown');
  await expect(portOf(board.screen).set('off')).rejects.toMatchObject({ code: 'hardware_failed' });
});

test('switching the screen sends the television to standby and wakes it', async () => {
  const board = boardOf();
  await portOf(board.screen).set('off');
  expect((await portOf(board.cec).read()).adapters[0]).toMatchObject({
    power: 'standby',
    isActiveSource: false,
  });
  expect(await portOf(board.screen).read()).toBe('off');
  await portOf(board.cec).command('active-source', { adapter: 'cec0' });
  expect(await portOf(board.screen).read()).toBe('on');
});

test('the remote control of the television changes what the board tells', async () => {
  const board = boardOf();
  const told: string[] = [];
  await board.start();
  portOf(board.cec).onChange((state) => told.push(state.adapters[0]?.power ?? ''));
  portOf(board.simulator).apply({ what: 'tv', power: 'standby' });
  portOf(board.simulator).apply({ what: 'tv', power: 'standby' });
  expect(told).toEqual(['standby']);
});

test('an unplugged mouse leaves the keyboard', async () => {
  const board = boardOf();
  portOf(board.simulator).apply({ what: 'input', kind: 'mouse', present: false });
  const { devices } = await portOf(board.input).read();
  expect(devices.map((device) => device.kind)).toEqual(['keyboard']);
});

test('typing and clicking tell when the seat was used, every half minute at most', async () => {
  const clock = new ManualClock();
  const board = createSimulatedBoard({ name: 'seat-1', clock, goDown: () => undefined });
  const usedAt = async () => (await portOf(board.input).read()).lastUsedAt;
  expect(await usedAt()).toBeUndefined();
  portOf(board.simulator).apply({ what: 'keyboard', text: 'a' });
  expect(await usedAt()).toBe('2026-11-20T08:00:00.000Z');
  await clock.advance(29_000);
  portOf(board.simulator).apply({ what: 'mouse', x: 0.5, y: 0.5 });
  expect(await usedAt()).toBe('2026-11-20T08:00:00.000Z');
  await clock.advance(1_000);
  portOf(board.simulator).apply({ what: 'mouse', x: 0.5, y: 0.5 });
  expect(await usedAt()).toBe('2026-11-20T08:00:30.000Z');
});

test('a relay that is switched twice to the same side changes once', async () => {
  const board = boardOf();
  await board.start();
  const told: unknown[] = [];
  portOf(board.relays).onChange((state) => told.push(state));
  await portOf(board.relays).set(1, true);
  await portOf(board.relays).set(1, true);
  const since = '2026-11-20T08:00:00.000Z';
  expect(told).toEqual([
    {
      channels: [
        { channel: 0, name: 'Screen power', on: false, since },
        { channel: 1, name: 'Lamp', on: true, since },
      ],
    },
  ]);
});

test('health follows the simulation', async () => {
  const board = boardOf();
  portOf(board.simulator).apply({ what: 'health', temperatureC: 83.5, underVoltage: true });
  portOf(board.simulator).apply({ what: 'health' });
  expect(await board.health.read()).toMatchObject({ temperatureC: 83.5, underVoltage: true, uptimeS: 0 });
});

test.each([
  [
    'an unknown connector',
    (board: Board) => portOf(board.simulator).apply({ what: 'hdmi', connector: 'HDMI-A-9', connected: true }),
  ],
  [
    'an unplugged keyboard that is typed on',
    (board: Board) => {
      portOf(board.simulator).apply({ what: 'input', kind: 'keyboard', present: false });
      portOf(board.simulator).apply({ what: 'mouse', x: 0.5, y: 0.5 });
      portOf(board.simulator).apply({ what: 'keyboard', text: 'a' });
    },
  ],
  ['an unknown relay channel', (board: Board) => portOf(board.relays).set(2, true)],
  ['an unknown CEC adapter', (board: Board) => portOf(board.cec).command('on', { adapter: 'cec7' })],
])('%s is told as absent', async (_name, act) => {
  await expect(async () => act(boardOf())).rejects.toMatchObject({ code: 'hardware_absent' });
});

test('two boards are two machines, and one name is one machine', async () => {
  const machine = { clock: stopped, goDown: () => undefined };
  const [first, again, other] = await Promise.all(
    ['seat-1', 'seat-1', 'seat-2'].map((name) => createSimulatedBoard({ name, ...machine }).identity.read()),
  );
  expect(first?.deviceId).toBe('seat-1');
  expect(first?.info).toEqual(again?.info);
  expect(first?.bootId).not.toBe(again?.bootId);
  expect(first?.info.serial).not.toBe(other?.info.serial);
  expect(first?.info.fingerprint).not.toBe(other?.info.fingerprint);
});

test('a reboot and a shutdown take the process down, and tell which of them it was', async () => {
  const told: string[] = [];
  const board = boardOf((how) => told.push(how));
  await portOf(board.reboot).reboot();
  await portOf(board.shutdown).shutdown();
  expect(told).toEqual(['reboot', 'shutdown']);
});

test('its television shows it when its switch is told to', async () => {
  const board = boardOf();
  await portOf(board.screen).set('off');
  const switches = portOf(board.hdmiSwitches);
  expect(switches.names).toEqual(['cec', 'Matrix']);
  const never = new AbortController().signal;
  expect(await switches.route('cec', { input: 1, output: 1 }, never)).toEqual({ confirmed: false });
  expect((await portOf(board.cec).read()).adapters[0]).toMatchObject({ isActiveSource: true });
});

test('it is silent as long as it is told to be', async () => {
  const audio = portOf(boardOf().audio);
  expect(await audio.readMuted()).toBe(false);
  await audio.setMuted(true);
  expect(await audio.readMuted()).toBe(true);
});

test('it writes as much as it is told to pretend', async () => {
  const board = boardOf();
  expect(await portOf(board.shutdown).unwrittenMiB()).toBe(0);
  portOf(board.simulator).apply({ what: 'writing', pendingMiB: 96 });
  expect(await portOf(board.shutdown).unwrittenMiB()).toBe(96);
});

test('a name that cannot be a device id is refused', () => {
  expect(() => createSimulatedBoard({ name: 'Seat 1', clock: stopped, goDown: () => undefined })).toThrow(
    HomeroomError,
  );
});

test('lends every capability of a seat', () => {
  expect(capabilitiesOf(boardOf())).toEqual([
    'screen',
    'hdmi',
    'cec',
    'input',
    'relays',
    'simulated',
    'reboot',
    'shutdown',
    'audio',
    'hdmi-switch',
  ]);
});
