import { HomeroomError, type Result, topics } from '@homeroom/protocol/wire';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { CommandRunner } from './command-runner.ts';
import { createHandlers, type Handlers } from './handlers.ts';

const absent = { present: false, reason: 'not here' } as const;
const desktop = '6f1f3c0e-3a2b-4c55-9d1e-0a1b2c3d4e5f';

function build(handlers: Partial<Handlers> = {}) {
  const clock = new ManualClock();
  const results: Result[] = [];
  const identified: string[] = [];
  const announced: (() => Promise<void>)[] = [];
  const all = createHandlers({
    board: {
      cec: absent,
      relays: absent,
      hdmiSwitches: absent,
      reboot: { present: true, port: { reboot: async () => undefined } },
      shutdown: absent,
      simulator: absent,
    },
    kiosk: {
      identify: async (seconds, name) => {
        identified.push(`${name} ${seconds}`);
      },
      restart: async () => undefined,
      screenshot: async () => ({ base64: 'AA', takenAt: new Date(0) }),
      type: async () => undefined,
      click: async () => undefined,
    },
    desktopHost: undefined,
    controller: { get: () => Promise.reject(new Error('not asked')), put: async () => undefined },
    openTunnel: async () => undefined,
    name: () => 'Seat 1',
    sleep: async () => undefined,
    afterAnswer: (run) => announced.push(run),
    leaveFor: () => undefined,
  });
  const runner = new CommandRunner({
    handlers: { ...all, ...handlers },
    sendResult: (_name, result) => results.push(result),
    isClockSynchronised: () => true,
    clock,
    log: silentLog,
  });
  const send = (name: string, args: object = {}, bent: object = {}, isRetained = false) => {
    const command = { id: 'command-1', issuedAt: clock.now().toISOString(), ttlMs: 10_000, args, ...bent };
    const payload = new TextEncoder().encode(JSON.stringify(command));
    runner.receive({ topic: topics.command('seat-1', name), payload, isRetained });
    return settle();
  };
  return { clock, results, identified, announced, runner, send };
}

const failed = (status: string, code: string) => [
  { id: 'command-1', status, error: { code, message: expect.any(String) } },
];

describe('CommandRunner', () => {
  it('runs a command with the defaults of its schema and answers with its data', async () => {
    const { send, results, identified } = build();
    await send('identify');
    expect(identified).toEqual(['Seat 1 10']);
    expect(results).toEqual([{ id: 'command-1', status: 'succeeded', data: {} }]);
  });

  it('answers a repeated id from memory', async () => {
    const { send, results, identified } = build();
    await send('identify');
    await send('identify');
    expect(identified).toHaveLength(1);
    expect(results).toHaveLength(2);
    expect(results[1]).toEqual(results[0]);
  });

  it('is silent to a repetition while the first still runs', async () => {
    const { promise, resolve } = Promise.withResolvers<Record<string, never>>();
    const { send, results } = build({ identify: () => promise });
    await send('identify');
    await send('identify');
    expect(results).toEqual([]);
    resolve({});
    await settle();
    expect(results).toHaveLength(1);
  });

  it('runs a command that comes afresh after a retained copy of it was dropped', async () => {
    const { send, results, identified } = build();
    await send('identify', {}, {}, true);
    expect(results).toEqual(failed('rejected', 'command_retained'));
    await send('identify');
    expect(identified).toHaveLength(1);
  });

  it.each([
    ['an unknown command', 'no.such', {}, {}, failed('rejected', 'command_unknown')],
    ['wrong arguments', 'identify', { seconds: 1_000 }, {}, failed('rejected', 'payload_invalid')],
    [
      'an old command',
      'identify',
      {},
      { issuedAt: '2025-12-31T23:59:00.000Z' },
      failed('expired', 'command_expired'),
    ],
    ['missing hardware', 'relay', { channel: 0, on: true }, {}, failed('failed', 'hardware_absent')],
    ['a device that is no host', 'desktop.stop', { desktop }, {}, failed('failed', 'hardware_absent')],
  ])('tells what is wrong with %s', async (_what, name, args, bent, expected) => {
    const { send, results } = build();
    await send(name, args, bent);
    expect(results).toEqual(expected);
  });

  it('fails with the code of whoever failed', async () => {
    const { send, results } = build({
      identify: async () => {
        throw new HomeroomError('kiosk_browser_missing');
      },
    });
    await send('identify');
    expect(results).toEqual(failed('failed', 'kiosk_browser_missing'));
  });

  it('ends a command that takes too long, and tells its handler to stop', async () => {
    let isAborted = false;
    const { send, results, clock } = build({
      identify: (_args, { signal }) => {
        signal.addEventListener('abort', () => {
          isAborted = true;
        });
        return new Promise(() => undefined);
      },
    });
    await send('identify');
    await clock.advance(5_000);
    expect(results).toEqual(failed('failed', 'command_timeout'));
    expect(isAborted).toBe(true);
    expect(clock.waiting).toBe(0);
  });

  it('refuses a flood of commands as busy', async () => {
    const { send, results } = build({ identify: () => new Promise(() => undefined) });
    for (let number = 0; number < 33; number += 1) await send('identify', {}, { id: `command-${number}` });
    expect(results).toMatchObject([{ id: 'command-32', error: { code: 'command_busy' } }]);
  });

  it('ends what runs when it is stopped', async () => {
    const { send, results, runner } = build({ identify: () => new Promise(() => undefined) });
    await send('identify');
    await runner.stop();
    expect(results).toEqual(failed('failed', 'command_timeout'));
  });

  it('restarts the machine only after its answer', async () => {
    const { send, results, announced } = build();
    await send('reboot');
    expect(results).toMatchObject([{ status: 'succeeded' }]);
    expect(announced).toHaveLength(1);
  });

  it('drops what cannot be understood without an answer', async () => {
    const { runner, results } = build();
    const topic = topics.command('seat-1', 'identify');
    runner.receive({ topic, payload: new TextEncoder().encode('{'), isRetained: false });
    runner.receive({ topic: 'homeroom/v1/seat-1/desired', payload: new Uint8Array(), isRetained: false });
    await settle();
    expect(results).toEqual([]);
  });
});
