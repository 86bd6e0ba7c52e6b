import { expect, test } from 'vitest';
import { settleEach } from './settle-each.ts';

test('each item has its turn, no more than so many at a time', async () => {
  let underWay = 0;
  let most = 0;
  const { done } = await settleEach([1, 2, 3, 4, 5], 2, async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await Promise.resolve();
    underWay -= 1;
  });
  expect(done).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

test('what fails is told with its error, and keeps no other from its turn', async () => {
  const error = new Error('away');
  const settled = await settleEach(['a', 'b', 'c'], 1, async (item) => {
    if (item === 'b') throw error;
  });
  expect(settled).toEqual({ done: ['a', 'c'], failed: [{ item: 'b', error }] });
});

test('nothing to do is done at once', async () => {
  expect(await settleEach([], 4, () => Promise.reject(new Error('never')))).toEqual({ done: [], failed: [] });
});
