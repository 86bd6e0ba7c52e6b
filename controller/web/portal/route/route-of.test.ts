import { expect, test } from 'vitest';
import { mayOpen, routeOf } from './route-of.ts';

test('each page has its path', () => {
  expect(routeOf('/')).toEqual({ page: 'home' });
  expect(routeOf('/rooms')).toEqual({ page: 'rooms' });
  expect(routeOf('/people')).toEqual({ page: 'people' });
  expect(routeOf('/rooms/r-1')).toEqual({ page: 'room', id: 'r-1' });
  expect(routeOf('/simulator/pi-3/')).toEqual({ page: 'simulator', id: 'pi-3' });
});

test('anything else is not found', () => {
  for (const path of ['/nothing', '/rooms/a/b', '/devices/x']) expect(routeOf(path).page).toBe('not-found');
});

test('students see their desktops only, teachers the rooms, admins everything', () => {
  expect(mayOpen('student', 'home')).toBe(true);
  expect(mayOpen('student', 'rooms')).toBe(false);
  expect(mayOpen('teacher', 'room')).toBe(true);
  expect(mayOpen('teacher', 'enrolment')).toBe(false);
  expect(mayOpen('teacher', 'simulator')).toBe(false);
  expect(mayOpen('teacher', 'people')).toBe(false);
  expect(mayOpen('admin', 'enrolment')).toBe(true);
});
