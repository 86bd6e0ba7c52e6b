import { describe, expect, it } from 'vitest';
import { sleep } from './clock.ts';
import { ManualClock, settle } from './testing/manual-clock.ts';

describe('sleep', () => {
  it('ends when the time is over and not before', async () => {
    const clock = new ManualClock();
    let ended = false;
    const sleeping = sleep(clock, 100).then(() => {
      ended = true;
    });
    await clock.advance(99);
    expect(ended).toBe(false);
    await clock.advance(1);
    await sleeping;
    expect(ended).toBe(true);
  });

  it('fails with the reason of its signal and leaves no timer behind', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const sleeping = sleep(clock, 100, controller.signal);
    controller.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await settle();
    expect(clock.waiting).toBe(0);
  });

  it('fails at once when the signal has aborted already', async () => {
    await expect(sleep(new ManualClock(), 100, AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
  });
});
