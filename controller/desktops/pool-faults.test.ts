import { expect, it } from 'vitest';
import { poolFaults } from './pool-faults.ts';

const good = {
  warmMinimum: 4,
  warmMaximum: null,
  coldMinimum: 2,
  coldMaximum: 3,
  maximum: 10,
  rollFloor: null,
};
const fieldsOf = (more: Partial<typeof good> | object, hasCold = true) =>
  poolFaults({ ...good, ...more }, hasCold).map(({ field }) => field);

it.each([
  [{}, []],
  [{ maximum: 5 }, ['maximum']],
  [{ warmMaximum: 3 }, ['warmMaximum']],
  [{ warmMaximum: 4 }, []],
  [{ coldMaximum: 1 }, ['coldMaximum']],
  [{ rollFloor: 5 }, ['rollFloor']],
  [{ rollFloor: 4 }, []],
  [{ maximum: 1, coldMaximum: 0 }, ['maximum', 'coldMaximum']],
])('finds in %o: %j', (more, expected) => {
  expect(fieldsOf(more)).toEqual(expected);
});

it('allows no cold level where desktops cannot be stopped', () => {
  expect(fieldsOf({}, false)).toEqual(['coldMaximum']);
  expect(fieldsOf({ coldMinimum: 0, coldMaximum: 0 }, false)).toEqual([]);
});
