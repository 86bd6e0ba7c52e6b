import { endReasons, sessionStates } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { endWords, placeWords, sessionState } from './session-words.ts';

test('every state of a session has words of its own', () => {
  const words = sessionStates.map((state) => sessionState(state).words);
  expect(new Set(words).size).toBe(sessionStates.length);
});

test('a place in the queue is told by who is before', () => {
  expect([null, 1, 2, 5].map(placeWords)).toEqual([
    'Your desktop is being prepared.',
    'You are next.',
    'One person is before you.',
    '4 people are before you.',
  ]);
});

test('every reason to end is told as a sentence', () => {
  for (const endReason of endReasons) expect(endWords({ endReason, reason: null })).toMatch(/^[A-Z].*\.$/);
});

test('without a known reason the session’s own words are told', () => {
  expect(endWords({ endReason: null, reason: 'The cat sat on it.' })).toBe('The cat sat on it.');
});

test('a session that ended with its sign-ins says why', () => {
  const reason = 'The password of this account was changed.';
  expect(endWords({ endReason: 'logout', reason })).toBe(reason);
  expect(endWords({ endReason: 'logout', reason: null })).toBe('You ended it.');
});
