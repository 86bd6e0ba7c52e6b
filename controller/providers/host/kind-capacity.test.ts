import { expect, it } from 'vitest';
import { sessionsPerHost } from './kind-capacity.ts';

it.each([
  ['xfce', null, 75],
  ['kde', null, 50],
  ['gnome', null, 50],
  ['xfce', 30, 30],
  ['openbox', null, null],
  [null, null, null],
  [null, 5, 5],
] as const)('lets a host take of kind %s, with %s of its template: %s', (kind, hostCapacity, expected) => {
  expect(sessionsPerHost({ kind, hostCapacity })).toBe(expected);
});
