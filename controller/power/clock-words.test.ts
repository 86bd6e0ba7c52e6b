import { expect, it } from 'vitest';
import { clockWords } from './clock-words.ts';

it('says a time by the clocks of the school', () => {
  const at = new Date('2026-07-21T22:50:50.050Z');
  expect(clockWords(at, 'Europe/Berlin')).toMatch(/^22 July.* 00:50$/);
  expect(clockWords(at, 'UTC')).toMatch(/^21 July.* 22:50$/);
});
