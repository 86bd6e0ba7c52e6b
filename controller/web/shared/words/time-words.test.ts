import { expect, test } from 'vitest';
import { agoWords, countdown, spanWords } from './time-words.ts';

const now = new Date('2026-03-02T10:00:00.000Z');

test('spans are told in the largest unit that fits', () => {
  expect([0, 59, 60, 3599, 3600, 86_399, 86_400, 172_800].map(spanWords)).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '59 min',
    '1 h',
    '23 h',
    '1 day',
    '2 days',
  ]);
});

test('what was a moment ago is just now, also when the clocks differ', () => {
  expect(agoWords('2026-03-02T09:59:55.000Z', now)).toBe('just now');
  expect(agoWords('2026-03-02T10:00:03.000Z', now)).toBe('just now');
  expect(agoWords('2026-03-02T09:55:00.000Z', now)).toBe('5 min ago');
});

test('a countdown has two digits of seconds and ends', () => {
  expect(countdown('2026-03-02T10:04:05.000Z', now)).toBe('4:05');
  expect(countdown('2026-03-02T10:00:00.000Z', now)).toBeUndefined();
});
