import { describe, expect, it } from 'vitest';
import { filterCovers, filterMatches } from './topic-filter.ts';

describe('filterMatches', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/c', false],
    ['a/+', 'a/b', true],
    ['a/+', 'a', false],
    ['a/+', 'a/b/c', false],
    ['a/#', 'a', true],
    ['a/#', 'a/b/c', true],
    ['#', 'a/b', true],
    ['#', '$SYS/x', false],
    ['+/x', '$SYS/x', false],
    ['$SYS/#', '$SYS/x', true],
    ['+/+', '/x', true],
    ['a', 'a/', false],
  ])('%s selects %s: %s', (filter, topic, expected) => {
    expect(filterMatches(filter, topic)).toBe(expected);
  });
});

describe('filterCovers', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/+', 'a/b', true],
    ['a/+', 'a/+', true],
    ['a/+', 'a/#', false],
    ['a/b', 'a/+', false],
    ['a/b', '+/b', false],
    ['a/#', 'a/+', true],
    ['a/#', 'a/#', true],
    ['a/#', 'a', true],
    ['a/#', '#', false],
    ['#', 'a/#', true],
    ['#', '$SYS/#', false],
    ['+/+', '#', false],
    ['a/+/c', 'a/b/c', true],
    ['a/+/c', 'a/b/#', false],
    ['a/+', 'a/b/#', false],
    ['a/b', 'a/b/#', false],
  ])('%s includes %s: %s', (wide, narrow, expected) => {
    expect(filterCovers(wide, narrow)).toBe(expected);
  });
});
