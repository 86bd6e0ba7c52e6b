import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

const rule = { firstMs: 1_000, maxMs: 30_000 };

describe('backoffMs', () => {
  it('doubles with each failure until its maximum', () => {
    expect([1, 2, 3, 6, 100].map((failures) => backoffMs(rule, failures, 1))).toEqual([
      1_000, 2_000, 4_000, 30_000, 30_000,
    ]);
  });

  it('spreads over the upper half, so that nobody waits for nothing', () => {
    expect(backoffMs(rule, 3, 0)).toBe(2_000);
    expect(backoffMs(rule, 3, 0.5)).toBe(3_000);
  });
});
