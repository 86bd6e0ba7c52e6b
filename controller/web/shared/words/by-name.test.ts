import { expect, it } from 'vitest';
import { byName } from './by-name.ts';

it('counts as people do, and leaves what it was given as it was', () => {
  const given = ['Seat 10', 'Seat 2', 'ada'];
  expect(byName(given, (name) => name)).toEqual(['ada', 'Seat 2', 'Seat 10']);
  expect(given).toEqual(['Seat 10', 'Seat 2', 'ada']);
});
