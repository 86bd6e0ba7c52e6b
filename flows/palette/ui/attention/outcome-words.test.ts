import { expect, it } from 'vitest';
import { outcomeWords } from './outcome-words.ts';

const outcome = (...reached: boolean[]) => ({
  seats: reached.map((isReached, index) => ({ seat: String(index), isReached, reason: null })),
});

it('tells how many seats follow at once, and how many when they are back', () => {
  expect(outcomeWords(outcome(true))).toBe('1 seat at once.');
  expect(outcomeWords(outcome(true, true, false))).toBe('2 seats at once, 1 when it is back.');
  expect(outcomeWords(outcome(false, false))).toBe('0 seats at once, 2 when they are back.');
});
