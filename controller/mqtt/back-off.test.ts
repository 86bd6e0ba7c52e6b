import { expect, it } from 'vitest';
import { backOffMs } from './back-off.ts';

const waits = (random: () => number) =>
  [1, 2, 3, 4, 5, 100].map((failures) => backOffMs(failures, { firstMs: 200, maxMs: 2_000, random }));

it('doubles up to its limit', () => {
  expect(waits(() => 1)).toEqual([200, 400, 800, 1_600, 2_000, 2_000]);
});

it('never falls below half', () => {
  expect(waits(() => 0)).toEqual([100, 200, 400, 800, 1_000, 1_000]);
});
