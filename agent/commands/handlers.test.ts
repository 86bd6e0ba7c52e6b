import { HomeroomError } from '@homeroom/protocol/wire';
import { beforeEach, expect, it } from 'vitest';
import type { Strokes } from '../kiosk/seat-input.ts';
import { type CommandTargets, createHandlers } from './handlers.ts';

const context = { signal: new AbortController().signal };
const absent = { present: false, reason: 'this board is real' } as const;
const nothing = async () => undefined;
let done: string[] = [];
let afterwards: () => Promise<void> = nothing;
beforeEach(() => {
  done = [];
});

function handlersOn(board: Partial<CommandTargets['board']>) {
  return createHandlers({
    board: {
      cec: absent,
      relays: absent,
      hdmiSwitches: absent,
      reboot: absent,
      shutdown: absent,
      simulator: absent,
      ...board,
    },
    kiosk: {
      identify: nothing,
      restart: nothing,
      screenshot: async () => ({ base64: '', takenAt: new Date(0) }),
      type: async ({ text, key }: Strokes) => void done.push(`typed ${text} ${key}`),
      click: async ({ x, y }) => void done.push(`clicked ${x} ${y}`),
    },
    desktopHost: undefined,
    controller: { get: () => Promise.reject(new Error('not asked')), put: async () => undefined },
    openTunnel: nothing,
    name: () => 'Seat 1',
    sleep: async (delayMs, signal) => {
      signal.throwIfAborted();
      done.push(`slept ${delayMs}`);
    },
    afterAnswer: (run) => {
      afterwards = run;
    },
    leaveFor: (reason) => void done.push(`leaves for ${reason}`),
  });
}

it('types and clicks at the seat’s screen with the simulated keyboard and mouse', async () => {
  const { simulate } = handlersOn({
    simulator: { present: true, port: { apply: ({ what }) => void done.push(what) } },
  });
  await simulate({ what: 'keyboard', text: 'ada', key: 'Tab' }, context);
  await simulate({ what: 'mouse', x: 0.5, y: 1 }, context);
  expect(done).toEqual(['keyboard', 'typed ada Tab', 'mouse', 'clicked 0.5 1']);
});

it('leaves the screen alone when something else is simulated', async () => {
  const { simulate } = handlersOn({
    simulator: { present: true, port: { apply: ({ what }) => void done.push(what) } },
  });
  await simulate({ what: 'tv', power: 'on' }, context);
  expect(done).toEqual(['tv']);
});

it('types nothing with a keyboard that is not plugged in', async () => {
  const apply = () => {
    throw new HomeroomError('hardware_absent', 'no keyboard is plugged in');
  };
  const { simulate } = handlersOn({ simulator: { present: true, port: { apply } } });
  await expect(simulate({ what: 'keyboard', text: 'a' }, context)).rejects.toThrow('no keyboard is plugged');
  expect(done).toEqual([]);
});

it('types nothing at a real board', async () => {
  const { simulate } = handlersOn({ simulator: absent });
  for (const simulation of [{ what: 'keyboard', text: 'a' } as const, { what: 'mouse', x: 0, y: 0 } as const])
    await expect(simulate(simulation, context)).rejects.toMatchObject({ code: 'hardware_absent' });
  expect(done).toEqual([]);
});

function machineThatWrites(unwrittenMiB: number | null, shutdown = async () => void done.push('shut down')) {
  return { shutdown: { present: true, port: { unwrittenMiB: async () => unwrittenMiB, shutdown } } } as const;
}

it.each([0, 32, null])('shuts down with %s MiB unwritten, after the answer', async (unwrittenMiB) => {
  const handlers = handlersOn(machineThatWrites(unwrittenMiB));
  expect(await handlers.shutdown({ force: false }, context)).toEqual({});
  expect(done).toEqual([]);
  await afterwards();
  expect(done).toEqual(['leaves for shutdown', 'shut down']);
});

it('does not shut down while much is unwritten, unless it must', async () => {
  const handlers = handlersOn(machineThatWrites(33.4));
  await expect(handlers.shutdown({ force: false }, context)).rejects.toMatchObject({
    code: 'command_busy',
    detail: '33 MiB are still to be written',
  });
  await handlers.shutdown({ force: true }, context);
  await afterwards();
  expect(done).toEqual(['leaves for shutdown', 'shut down']);
});

it('does not say that it goes when the machine stays', async () => {
  const refuse = () => Promise.reject(new HomeroomError('hardware_failed', 'no'));
  const handlers = handlersOn(machineThatWrites(0, refuse));
  await handlers.shutdown({ force: false }, context);
  await expect(afterwards()).rejects.toMatchObject({ code: 'hardware_failed' });
  expect(done).toEqual(['leaves for shutdown', 'leaves for undefined']);
});

function relaysThat(set: (channel: number, on: boolean) => Promise<void>) {
  const port = { read: async () => ({ channels: [] }), onChange: () => () => undefined, set };
  return { relays: { present: true, port } } as const;
}
const noting = async (channel: number, on: boolean) => void done.push(`${channel} ${on}`);

it('lets a pulsed relay go by itself, and tells how it is then', async () => {
  const { relay } = handlersOn(relaysThat(noting));
  expect(await relay({ channel: 2, on: true, pulseMs: 300 }, context)).toEqual({ channel: 2, on: false });
  expect(await relay({ channel: 2, on: true }, context)).toEqual({ channel: 2, on: true });
  expect(done).toEqual(['2 true', 'slept 300', '2 false', '2 true']);
});

it('lets it go also when the agent stops meanwhile', async () => {
  const { relay } = handlersOn(relaysThat(noting));
  await relay({ channel: 2, on: true, pulseMs: 300 }, { signal: AbortSignal.abort() });
  expect(done).toEqual(['2 true', '2 false']);
});

it('routes by the switch that is named', async () => {
  const route = async (name: string, { input, output }: { input: number; output: number }) => {
    done.push(`${name}: ${input} at ${output}`);
    return { confirmed: true };
  };
  const handlers = handlersOn({ hdmiSwitches: { present: true, port: { names: ['Matrix'], route } } });
  const asked = { port: 'Matrix', output: 1, input: 2 };
  expect(await handlers['hdmi-switch'](asked, context)).toEqual({ output: 1, input: 2, confirmed: true });
  expect(done).toEqual(['Matrix: 2 at 1']);
});
