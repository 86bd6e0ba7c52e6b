import { expect, test } from 'vitest';
import { viewBarWords } from './view-bar.ts';

const state = { isInControl: false, heldBy: null, username: 'grace' };

test('who looks is told that their keys do nothing', () => {
  expect(viewBarWords(state)).toBe('You look at grace’s desktop. Your keys and your mouse do nothing there.');
});

test('who helps is told that it is seen', () => {
  expect(viewBarWords({ ...state, isInControl: true })).toBe(
    'You help at grace’s desktop. They see that you do.',
  );
});

test('who looks is told who helps meanwhile', () => {
  expect(viewBarWords({ ...state, heldBy: 'Ms Ada' })).toBe(
    'Ms Ada helps at grace’s desktop; you look at it.',
  );
});
