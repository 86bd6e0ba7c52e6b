import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

test('the first wait is half a second at most', () => {
  expect(backOffMs(1, 1)).toBe(500);
  expect(backOffMs(1, 0)).toBe(250);
});

test('waits double and stop growing at fifteen seconds', () => {
  expect([2, 3, 4].map((attempt) => backOffMs(attempt, 1))).toEqual([1000, 2000, 4000]);
  expect(backOffMs(50, 1)).toBe(15_000);
});
