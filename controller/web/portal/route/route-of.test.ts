import { expect, test } from 'vitest';
import { mayOpen, routeOf } from './route-of.ts';

test('each page has its path', () => {
  expect(routeOf('/')).toEqual({ page: 'home' });
  expect(routeOf('/rooms')).toEqual({ page: 'rooms' });
  expect(routeOf('/pools/')).toEqual({ page: 'pools' });
  expect(routeOf('/audit')).toEqual({ page: 'audit' });
  expect(routeOf('/rooms/r-1')).toEqual({ page: 'room', id: 'r-1' });
  expect(routeOf('/templates/cad')).toEqual({ page: 'template', id: 'cad' });
  expect(routeOf('/simulator/pi-3/')).toEqual({ page: 'simulator', id: 'pi-3' });
});

test('anything else is not found', () => {
  for (const path of ['/nothing', '/home', '/rooms/a/b', '/devices/x', '/toString', '/constructor/x'])
    expect(routeOf(path).page).toBe('not-found');
});

test('an address that is no proper encoding names a record that is not there', () => {
  expect(routeOf('/rooms/%E0%A4%A')).toEqual({ page: 'room', id: '%E0%A4%A' });
});

test('students see their desktops only, teachers the rooms, admins everything', () => {
  expect(mayOpen('student', 'home')).toBe(true);
  expect(mayOpen('student', 'rooms')).toBe(false);
  expect(mayOpen('teacher', 'room')).toBe(true);
  expect(mayOpen('teacher', 'pools')).toBe(true);
  for (const page of ['enrolment', 'simulator', 'people', 'template', 'audit', 'settings'] as const) {
    expect(mayOpen('teacher', page)).toBe(false);
    expect(mayOpen('admin', page)).toBe(true);
  }
});
