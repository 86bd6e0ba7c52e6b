import { expect, it } from 'vitest';
import { gridColumns } from './grid-columns.ts';

it.each([
  [0, 1],
  [1, 2],
  [3, 3],
  [4, 4],
  [8, 4],
  [12, 5],
  [30, 8],
])('gives %i seats %i columns', (seats, columns) => {
  expect(gridColumns(seats)).toBe(columns);
});
