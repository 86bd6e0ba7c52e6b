import { expect, it } from 'vitest';
import { fromBase32, toBase32 } from './base32.ts';

/** RFC 4648, 10. */
it.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('writes %j as %s and reads it again', (text, encoded) => {
  expect(toBase32(Buffer.from(text))).toBe(encoded);
  expect(fromBase32(encoded).toString()).toBe(text);
});

it('reads small letters and padding, and nothing else', () => {
  expect(fromBase32('mzxw6yq=').toString()).toBe('foob');
  expect(() => fromBase32('M1')).toThrow('no letter of Base32');
});
