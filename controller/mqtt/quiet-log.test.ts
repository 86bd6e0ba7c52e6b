import { expect, it } from 'vitest';
import { QuietLog } from './quiet-log.ts';

it('lets one through a minute for each key', () => {
  const log = new QuietLog();
  expect(log.isDue('a', 0)).toBe(true);
  expect(log.isDue('a', 59_999)).toBe(false);
  expect(log.isDue('b', 59_999)).toBe(true);
  expect(log.isDue('a', 60_000)).toBe(true);
});

it('keeps no more keys than it may', () => {
  const log = new QuietLog();
  log.isDue('first', 0);
  for (let key = 0; key < 10_000; key += 1) log.isDue(String(key), 1);
  expect(log.isDue('first', 2)).toBe(true);
});
