import { expect, test } from 'vitest';
import { isCurrent, pagesOf } from './page-list.ts';

const labels = (role: 'student' | 'teacher' | 'admin') =>
  pagesOf(role).flatMap(({ entries }) => entries.map(({ label }) => label));

test('a student needs no navigation', () => {
  expect(pagesOf('student')).toEqual([]);
});

test('a teacher finds what teaching needs, and no section that would be empty', () => {
  expect(labels('teacher')).toEqual([
    'My desktop',
    'Rooms',
    'Sessions',
    'Lessons',
    'Pools',
    'Seats',
    'Groups',
    'Limits',
  ]);
  expect(pagesOf('teacher').map(({ title }) => title)).not.toContain('Homeroom');
});

test('an admin finds every page once', () => {
  expect(new Set(labels('admin')).size).toBe(labels('admin').length);
  expect(labels('admin')).toEqual(expect.arrayContaining(['Templates', 'Findings', 'Audit', 'Settings']));
});

test('the page of a record stands under its list', () => {
  const rooms = pagesOf('admin')
    .flatMap(({ entries }) => entries)
    .find(({ page }) => page === 'rooms');
  if (!rooms) throw new Error('no rooms');
  expect(isCurrent(rooms, 'room')).toBe(true);
  expect(isCurrent(rooms, 'rooms')).toBe(true);
  expect(isCurrent(rooms, 'template')).toBe(false);
});
