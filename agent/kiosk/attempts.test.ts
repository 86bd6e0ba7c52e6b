import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { Attempts } from './attempts.ts';

let clock: ManualClock;
let made: { signal: AbortSignal; end: () => void }[];
let attempts: Attempts;

beforeEach(() => {
  clock = new ManualClock();
  made = [];
  attempts = new Attempts({
    attempt: (signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      made.push({ signal, end: resolve });
      return promise;
    },
    clock,
    chance: () => 0.5,
  });
});

/** Start, and end the first attempt. */
async function start(): Promise<void> {
  const started = attempts.start();
  await settle();
  made[0]?.end();
  await started;
}

describe('attempts', () => {
  it('are made from the start on, and not before', async () => {
    await attempts.renew();
    expect(made).toHaveLength(0);
    await start();
    expect(made).toHaveLength(1);
  });

  it('are made one at a time: a newer one aborts the older and waits for its end', async () => {
    await start();
    void attempts.renew();
    await settle();
    void attempts.renew();
    await settle();
    expect(made).toHaveLength(2);
    expect(made[1]?.signal.aborted).toBe(true);
    made[1]?.end();
    await settle();
    expect(made[2]?.signal.aborted).toBe(false);
  });

  it('leave out what was overtaken before it began', async () => {
    await start();
    for (const _ of [1, 2, 3]) void attempts.renew();
    await settle();
    expect(made).toHaveLength(2);
  });

  it('are made again later, after waits that grow until one succeeds', async () => {
    await start();
    const waits: number[] = [];
    const retry = async () => {
      const [count, sinceMs] = [made.length, clock.monotonicMs()];
      attempts.retryLater();
      while (made.length === count) await clock.advance(50);
      waits.push(clock.monotonicMs() - sinceMs);
      made.at(-1)?.end();
      await settle();
    };
    await retry();
    await retry();
    attempts.succeeded();
    await retry();
    expect(waits[1]).toBeGreaterThan(waits[0] ?? 0);
    expect(waits[2]).toBe(waits[0]);
  });

  it('are not made again where a newer one came first', async () => {
    await start();
    attempts.retryAfter(1_000);
    void attempts.renew();
    await clock.advance(5_000);
    expect(made).toHaveLength(2);
  });

  it('end with the stop, which waits for the last one', async () => {
    await start();
    void attempts.renew();
    await settle();
    let isStopped = false;
    const stopped = attempts.stop().then(() => {
      isStopped = true;
    });
    await settle();
    expect([made[1]?.signal.aborted, isStopped]).toEqual([true, false]);
    made[1]?.end();
    await stopped;
    attempts.retryAfter(1_000);
    await clock.advance(5_000);
    expect([made.length, clock.waiting]).toEqual([2, 0]);
  });
});
