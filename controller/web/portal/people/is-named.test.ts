import { expect, test } from 'vitest';
import { isNamed } from './is-named.ts';

test('a part of either name finds a person, in any case', () => {
  const ada = { username: 'ada', displayName: 'Ada Lovelace' };
  expect(['', ' LOVE', 'ad', 'grace'].map((looked) => isNamed(ada, looked))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
