import { expect, it } from 'vitest';
import { parseDuration } from './duration.ts';

it.each([
  ['90s', 90],
  ['30m', 1_800],
  ['24h', 86_400],
  ['7d', 604_800],
])('reads %s as %i seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

it.each(['', '24', 'h', '1.5h', '-1h', '1w', '24h ', '1h30m'])('does not guess what %j means', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
