import type { Pool } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { poolLevels, poolWords } from './pool-levels.ts';

const calm: Pool = {
  template: 'cad',
  warmMinimum: 4,
  warmMaximum: null,
  coldMinimum: 0,
  coldMaximum: 0,
  maximum: 20,
  maxAgeS: null,
  rollFloor: null,
  creating: 0,
  cold: 0,
  warming: 0,
  ready: 4,
  cooling: 0,
  claimed: 0,
  failed: 0,
  outdated: 0,
  waiting: 0,
  lessons: 0,
};

test('a pool that keeps nothing stopped has one level', () => {
  expect(poolLevels(calm)).toEqual([
    { name: 'warm', have: 4, coming: 0, minimum: 4, scale: 4, isShort: false, words: '4 of 4 ready' },
  ]);
});

test('what is made and what is started are both on their way, and the bar has room for them', () => {
  const [warm, cold] = poolLevels({ ...calm, ready: 3, creating: 2, warming: 1, cold: 1, coldMinimum: 5 });
  expect(warm).toMatchObject({ have: 3, coming: 3, scale: 6, isShort: true });
  expect(warm?.words).toBe('3 of 4 ready, 3 being made');
  expect(cold).toMatchObject({ name: 'cold', have: 1, scale: 5, isShort: true, words: '1 of 5 stopped' });
});

test('what lessons want now is wanted beside the minimum', () => {
  const pool = { ...calm, ready: 34, lessons: 32 };
  expect(poolLevels(pool)[0]).toMatchObject({ minimum: 36, isShort: true, words: '34 of 36 ready' });
  expect(poolWords(pool)).toBe('32 for lessons now');
});

test('a pool without a size has a bar that is empty, not broken', () => {
  expect(poolLevels({ ...calm, warmMinimum: 0, ready: 0 })).toEqual([
    { name: 'warm', have: 0, coming: 0, minimum: 0, scale: 1, isShort: false, words: '0 ready' },
  ]);
});

test('only what is so is told', () => {
  expect(poolWords(calm)).toBeUndefined();
  expect(poolWords({ ...calm, claimed: 2, outdated: 1, failed: 3 })).toBe(
    '2 in use, 1 will be replaced, 3 failed',
  );
});
