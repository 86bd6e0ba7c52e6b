import { expect, test } from 'vitest';
import { createSlowness } from './slowness.ts';

test('a single late answer is no slow connection', () => {
  expect([20, 900, 30, 400].map(createSlowness())).toEqual([false, false, false, false]);
});

test('late answers in a row are, until one is quick again', () => {
  expect([900, 900, Number.POSITIVE_INFINITY, 20].map(createSlowness())).toEqual([false, true, true, false]);
});
