import { beforeEach, describe, expect, it } from 'vitest';
import { endProcesses } from './end-processes.ts';
import { ManualClock, settle } from './testing/manual-clock.ts';

describe('endProcesses', () => {
  let clock: ManualClock;
  let alive: Set<number>;
  let signals: string[];
  let obeys: (pid: number, signal: string) => boolean;

  beforeEach(() => {
    clock = new ManualClock();
    alive = new Set([1, 2]);
    signals = [];
    obeys = () => true;
  });

  const end = () =>
    endProcesses({
      find: async () => [...alive].map((pid) => ({ pid, startTicks: 1 })),
      send: (pid, signal) => {
        signals.push(`${signal} ${pid}`);
        if (obeys(pid, signal)) alive.delete(pid);
      },
      clock,
      graceMs: 1_000,
      killMs: 1_000,
    });

  it('does nothing when there is nothing', async () => {
    alive.clear();
    expect(await end()).toEqual([]);
    expect(signals).toEqual([]);
  });

  it('asks each once', async () => {
    const ended = end();
    await clock.advance(100);
    expect(await ended).toEqual([]);
    expect(signals).toEqual(['SIGTERM 1', 'SIGTERM 2']);
  });

  it('kills those who do not listen, after their time', async () => {
    obeys = (pid, signal) => pid === 1 || signal === 'SIGKILL';
    const ended = end();
    await clock.advance(999);
    expect(signals).toEqual(['SIGTERM 1', 'SIGTERM 2']);
    await clock.advance(100);
    expect(await ended).toEqual([]);
    expect(signals.at(-1)).toBe('SIGKILL 2');
  });

  it('ends those too that are born meanwhile', async () => {
    obeys = (pid) => {
      if (pid === 2) alive.add(3);
      return true;
    };
    const ended = end();
    await clock.advance(100);
    expect(await ended).toEqual([]);
    expect(signals).toContain('SIGTERM 3');
  });

  it('asks and kills also where each look takes longer than all the time there is', async () => {
    obeys = (_, signal) => signal === 'SIGKILL';
    const slow = endProcesses({
      find: async () => {
        const seen = [...alive].map((pid) => ({ pid, startTicks: 1 }));
        await new Promise<void>((resolve) => clock.after(10_000, resolve));
        return seen;
      },
      send: (pid, signal) => {
        signals.push(`${signal} ${pid}`);
        if (obeys(pid, signal)) alive.delete(pid);
      },
      clock,
      graceMs: 1_000,
      killMs: 1_000,
    });
    for (let look = 0; look < 4; look += 1) await clock.advance(10_100);
    expect(await slow).toEqual([]);
    expect(signals).toEqual(['SIGTERM 1', 'SIGTERM 2', 'SIGKILL 1', 'SIGKILL 2']);
  });

  it('tells at the deadline what cannot be ended', async () => {
    obeys = (pid) => pid === 1;
    const ended = end();
    await settle();
    await clock.advance(2_100);
    expect(await ended).toEqual([{ pid: 2, startTicks: 1 }]);
    expect(clock.waiting).toBe(0);
  });
});
