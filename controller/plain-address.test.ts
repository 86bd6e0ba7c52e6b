import { expect, it } from 'vitest';
import { plainAddress } from './plain-address.ts';

it.each([
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8::7', '2001:db8::7'],
  ['::ffff:0:1', '::ffff:0:1'],
])('writes %s as %s', (given, expected) => {
  expect(plainAddress(given)).toBe(expected);
});
