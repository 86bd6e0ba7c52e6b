import { expect, it } from 'vitest';
import { spanInWords } from './span-in-words.ts';

it.each([
  [-3, '0 seconds'],
  [1, '1 second'],
  [119, '119 seconds'],
  [120, '2 minutes'],
  [7_199, '120 minutes'],
  [7_200, '2 hours'],
  [200_000, '2 days'],
])('says %i seconds as "%s"', (seconds, words) => {
  expect(spanInWords(seconds)).toBe(words);
});
