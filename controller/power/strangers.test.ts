import { expect, it } from 'vitest';
import { Strangers } from './strangers.ts';

it('tells the last word of a stranger, once', () => {
  const strangers = new Strangers<string>();
  strangers.remember('board strip-1', 'on');
  strangers.remember('board strip-1', 'off');
  expect(strangers.take('board strip-1')).toBe('off');
  expect(strangers.take('board strip-1')).toBeUndefined();
  expect(strangers.take('board strip-2')).toBeUndefined();
});

it('forgets those that spoke longest ago', () => {
  const strangers = new Strangers<number>();
  for (let each = 0; each < 1_000; each += 1) strangers.remember(`device ${each}`, each);
  strangers.remember('device 0', 0);
  strangers.remember('device new', 1);
  expect(strangers.take('device 1')).toBeUndefined();
  expect(strangers.take('device 0')).toBe(0);
  expect(strangers.take('device new')).toBe(1);
});
