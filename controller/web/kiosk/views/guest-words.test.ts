import { expect, it } from 'vitest';
import { guestWords } from './guest-words.ts';

it.each([
  [null, 'Web browser. Nothing is kept afterwards.'],
  [60, 'Web browser for 1 minute. Nothing is kept afterwards.'],
  [3_600, 'Web browser for 60 minutes. Nothing is kept afterwards.'],
  [7_200, 'Web browser for 2 hours. Nothing is kept afterwards.'],
])('says of a limit of %s: %s', (limitS, words) => {
  expect(guestWords({ templateName: 'Web browser', limitS })).toBe(words);
});
