import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { Throttle } from './throttle.ts';

function build() {
  const clock = new ManualClock();
  const sent: [number, number][] = [];
  const throttle = new Throttle<number>({
    clock,
    intervalMs: 1_000,
    send: (value) => sent.push([clock.monotonicMs(), value]),
  });
  return { clock, sent, throttle };
}

describe('Throttle', () => {
  it('sends the first change at once and the last one of a burst when its second is over', async () => {
    const { clock, sent, throttle } = build();
    for (const value of [1, 2, 3]) throttle.offer(value);
    await clock.advance(5_000);
    expect(sent).toEqual([
      [0, 1],
      [1_000, 3],
    ]);
  });

  it('sends at once again after a quiet second', async () => {
    const { clock, sent, throttle } = build();
    throttle.offer(1);
    await clock.advance(1_500);
    throttle.offer(2);
    expect(sent.at(-1)).toEqual([1_500, 2]);
  });

  it('does not send what was sent last', async () => {
    const { clock, sent, throttle } = build();
    throttle.offer(1);
    throttle.offer(2);
    throttle.offer(1);
    await clock.advance(5_000);
    throttle.offer(1);
    expect(sent).toEqual([[0, 1]]);
  });

  it('sends nothing after it was stopped', async () => {
    const { clock, sent, throttle } = build();
    throttle.offer(1);
    throttle.offer(2);
    throttle.stop();
    await clock.advance(5_000);
    expect(sent).toHaveLength(1);
    expect(clock.waiting).toBe(0);
  });
});
