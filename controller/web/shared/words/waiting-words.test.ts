import { sessionStepNames } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { estimateWords, stepWords } from './waiting-words.ts';

test('a wait is told no more exactly than it is known', () => {
  expect([null, 0, 4, 5, 41, 59, 60, 61, 300, 5_400, 5_401].map(estimateWords)).toEqual([
    'How long it takes is not known yet.',
    'Any moment now.',
    'Any moment now.',
    'About 10 seconds.',
    'About 50 seconds.',
    'About 60 seconds.',
    'About a minute.',
    'About 2 minutes.',
    'About 5 minutes.',
    'About 90 minutes.',
    'More than an hour.',
  ]);
});

test('every step has words of its own', () => {
  expect(new Set(sessionStepNames.map(stepWords)).size).toBe(sessionStepNames.length);
});

test('whoever waits for much longer than was told is not told the same again', () => {
  expect(estimateWords(2, 61)).toBe('It takes longer than expected.');
  expect(estimateWords(2, 30)).toBe('Any moment now.');
  expect(estimateWords(120, 300)).toBe('About 2 minutes.');
  expect(estimateWords(null, 900)).toBe('How long it takes is not known yet.');
});
