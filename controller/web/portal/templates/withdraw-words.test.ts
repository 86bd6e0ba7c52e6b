import { expect, test } from 'vitest';
import { withdrawWords } from './withdraw-words.ts';

test('what is lost is named, and what goes on', () => {
  const pool = { ready: 2, cold: 1, creating: 0, warming: 0 };
  expect(withdrawWords(pool, [{ state: 'active' }, { state: 'detached' }, { state: 'waiting' }])).toBe(
    'Nobody can choose it any more. 3 unused desktops are removed. 1 person waits for it and has to choose another. 2 sessions go on until they end.',
  );
});

test('where there is nothing, nothing is named', () => {
  expect(withdrawWords(undefined, [])).toBe('Nobody can choose it any more.');
});
