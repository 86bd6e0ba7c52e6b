import { describe, expect, it } from 'vitest';
import { cropOf, latticeOf, movedTo, positionOf } from './lattice.ts';

const unplaced = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ seat: `seat-${index}`, position: null }));
const keys = ({ cells }: ReturnType<typeof latticeOf>) =>
  [...cells.values()].map(({ column, row }) => `${column}/${row}`);

describe('a lattice', () => {
  it('gives every seat a cell of its own, however many there are', () => {
    for (const count of [0, 1, 30, 500]) {
      const lattice = latticeOf(unplaced(count));
      expect(new Set(keys(lattice)).size).toBe(count);
    }
  });

  it('begins with a block of rows in the middle', () => {
    expect(cropOf(latticeOf(unplaced(30)))).toEqual({ from: { column: 2, row: 0 }, columns: 6, rows: 5 });
  });

  it('finds its cells again from the positions that it gave', () => {
    const lattice = latticeOf(unplaced(30));
    const placed = [...lattice.cells].map(([seat, cell]) => ({ seat, position: positionOf(cell, lattice) }));
    expect(latticeOf(placed)).toEqual(lattice);
  });

  it('parts seats that stand on one place, and puts new ones behind the others', () => {
    const position = { x: 0.05, y: 0 };
    const seats = [
      { seat: 'one', position },
      { seat: 'two', position },
      { seat: 'new', position: null },
    ];
    expect(Object.fromEntries(latticeOf(seats).cells)).toEqual({
      one: { column: 0, row: 0 },
      two: { column: 1, row: 0 },
      new: { column: 0, row: 1 },
    });
  });

  it('keeps seats inside, whatever the plan says', () => {
    const { cells, columns, rows } = latticeOf([{ seat: 'far', position: { x: 1, y: 1 } }]);
    expect(cells.get('far')).toEqual({ column: columns - 1, row: rows - 1 });
  });

  it('lets seats change places, and none leave', () => {
    const lattice = latticeOf([
      { seat: 'one', position: { x: 0, y: 0 } },
      { seat: 'two', position: { x: 0.15, y: 0 } },
    ]);
    const swapped = movedTo(lattice, 'one', { column: 1, row: 0 });
    expect(Object.fromEntries(swapped.cells)).toEqual({
      one: { column: 1, row: 0 },
      two: { column: 0, row: 0 },
    });
    expect(movedTo(lattice, 'one', { column: -1, row: 0 })).toBe(lattice);
    expect(movedTo(lattice, 'nobody', { column: 1, row: 1 })).toBe(lattice);
  });
});
