import { describe, expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { Periodic } from './periodic.ts';

function build(run: () => Promise<void>) {
  const clock = new ManualClock();
  return {
    clock,
    periodic: new Periodic({ name: 'health', intervalMs: 30_000, run, clock, log: silentLog }),
  };
}

describe('Periodic', () => {
  it('runs at once and then after each interval, also after a failure', async () => {
    let runs = 0;
    const { clock, periodic } = build(async () => {
      runs += 1;
      if (runs === 1) throw new Error('once');
    });
    periodic.start();
    await clock.advance(60_000);
    expect(runs).toBe(3);
    await periodic.stop();
  });

  it('waits for a run that is under way, and leaves no timer behind', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { clock, periodic } = build(() => promise);
    periodic.start();
    let isStopped = false;
    const stopping = periodic.stop().then(() => {
      isStopped = true;
    });
    await clock.advance(1);
    expect(isStopped).toBe(false);
    resolve();
    await stopping;
    expect(clock.waiting).toBe(0);
  });
});
