import { findingKinds } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { kindWords, timesWords } from './finding-words.ts';

test('every kind has a name and a meaning', () => {
  for (const kind of findingKinds) {
    const { words, hint } = kindWords(kind);
    expect([words === '', hint === '']).toEqual([false, false]);
  }
});

test('how often is said as people say it', () => {
  expect([1, 2, 7].map((times) => timesWords({ times }))).toEqual(['once', 'twice', '7 times']);
});
