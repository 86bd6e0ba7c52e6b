import { expect, it } from 'vitest';
import { countEnds, planRestart } from './restart-plan.ts';

it('starts again soon after the first end, later after each further one, half a minute apart at most', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((ends) => planRestart(ends).delayMs);
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

it('leaves the flows stopped once it has ended four times in a row', () => {
  expect([1, 3, 4, 9].map((ends) => planRestart(ends).isSafe)).toEqual([false, false, true, true]);
});

it('forgives earlier ends after a minute’s run', () => {
  expect([countEnds(3, 59_999), countEnds(3, 60_000)]).toEqual([4, 1]);
});
