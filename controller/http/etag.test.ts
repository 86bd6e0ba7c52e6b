import { expect, it } from 'vitest';
import { etagOf, isSame } from './etag.ts';

const etag = etagOf('{"a":1}');

it('is quoted, and another one for another text', () => {
  expect(etag).toMatch(/^"[\w-]{27}"$/);
  expect(etagOf('{"a":2}')).not.toBe(etag);
  expect(etagOf('{"a":1}')).toBe(etag);
});

it.each([
  [etag, true],
  [`W/${etag}`, true],
  [`"other", ${etag}`, true],
  ['*', true],
  ['"other"', false],
  [undefined, false],
  ['', false],
])('%s names it: %s', (header, expected) => {
  expect(isSame(header, etag)).toBe(expected);
});
