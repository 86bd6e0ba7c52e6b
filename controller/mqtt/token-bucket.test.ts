import { expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

const bucket = () => new TokenBucket({ perSecond: 10, burst: 3, nowMs: 0 });

it('lets a burst pass at once', () => {
  const tokens = bucket();
  expect([0, 0, 0].map((now) => tokens.take(now))).toEqual([0, 0, 0]);
});

it('makes each one past the burst wait its turn', () => {
  const tokens = bucket();
  const waits = Array.from({ length: 6 }, () => tokens.take(0));
  expect(waits).toEqual([0, 0, 0, 100, 200, 300]);
});

it('fills at its rate and never above the burst', () => {
  const tokens = bucket();
  for (let i = 0; i < 3; i += 1) tokens.take(0);
  expect(tokens.take(100)).toBe(0);
  expect(tokens.take(100)).toBe(100);
  const later = Array.from({ length: 4 }, () => tokens.take(60_000));
  expect(later).toEqual([0, 0, 0, 100]);
});

it('is not confused by a clock that goes back', () => {
  const tokens = bucket();
  tokens.take(1_000);
  expect(tokens.take(0)).toBe(0);
});
