import type { WallSeat } from '@homeroom/protocol';

/**
 * Where seats stand, on a lattice: whatever places the plan has, no two tiles lie on each other, and a seat can be moved
 * by arrow keys.
 */
export interface Cell {
  readonly column: number;
  readonly row: number;
}

export interface Lattice {
  readonly columns: number;
  readonly rows: number;
  /** By the seat's id. */
  readonly cells: ReadonlyMap<string, Cell>;
}

type Placed = Pick<WallSeat, 'seat' | 'position'>;

const minColumns = 10;
const minRows = 6;

/** @returns the lattice of a room: every seat has a cell of its own; those without a place come after the others */
export function latticeOf(seats: readonly Placed[]): Lattice {
  const columns = Math.max(minColumns, Math.ceil(Math.sqrt(seats.length * 2)));
  const rows = Math.max(minRows, Math.ceil(seats.length / columns) + 2);
  const cells = new Map<string, Cell>();
  const taken = new Set<string>();
  const take = (seat: string, cell: Cell): void => {
    cells.set(seat, cell);
    taken.add(keyOf(cell));
  };
  for (const { seat, position } of seats)
    if (position) take(seat, nearestFree(cellAt(position, columns, rows), { columns, rows, taken }));
  if (cells.size === 0)
    for (const [index, { seat }] of seats.entries()) take(seat, inBlock(index, seats.length, columns));
  const last = Math.max(0, ...[...cells.values()].map(({ row }) => row));
  const start = { column: 0, row: Math.min(last + 1, rows - 1) };
  for (const { seat } of seats) if (!cells.has(seat)) take(seat, nextFree(start, { columns, rows, taken }));
  return { columns, rows, cells };
}

/** @returns the part of a lattice that seats stand in, from its first used column and row to its last */
export function cropOf({ cells }: Lattice): {
  readonly from: Cell;
  readonly columns: number;
  readonly rows: number;
} {
  const all = [...cells.values()];
  if (all.length === 0) return { from: { column: 0, row: 0 }, columns: 1, rows: 1 };
  const columns = all.map(({ column }) => column);
  const rows = all.map(({ row }) => row);
  const from = { column: Math.min(...columns), row: Math.min(...rows) };
  return { from, columns: Math.max(...columns) - from.column + 1, rows: Math.max(...rows) - from.row + 1 };
}

/** @returns the middle of a cell, as the plan keeps it: 0 to 1 from the left and the top */
export function positionOf({ column, row }: Cell, { columns, rows }: Pick<Lattice, 'columns' | 'rows'>) {
  return { x: (column + 0.5) / columns, y: (row + 0.5) / rows };
}

/** @returns the seats with one of them at another cell; whoever stands there takes its cell */
export function movedTo(lattice: Lattice, seat: string, to: Cell): Lattice {
  const { cells, columns, rows } = lattice;
  const from = cells.get(seat);
  if (!from || to.column < 0 || to.row < 0 || to.column >= columns || to.row >= rows) return lattice;
  const other = [...cells].find(([, cell]) => keyOf(cell) === keyOf(to))?.[0];
  const moved = new Map(cells).set(seat, to);
  if (other !== undefined && other !== seat) moved.set(other, from);
  return { columns, rows, cells: moved };
}

/** A room that nobody arranged yet: a block of rows in the middle. */
function inBlock(index: number, count: number, columns: number): Cell {
  const width = Math.ceil(Math.sqrt(count));
  const left = Math.floor((columns - width) / 2);
  return { column: left + (index % width), row: Math.floor(index / width) };
}

interface Room {
  readonly columns: number;
  readonly rows: number;
  readonly taken: ReadonlySet<string>;
}

function cellAt({ x, y }: { x: number; y: number }, columns: number, rows: number): Cell {
  const at = (share: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  return { column: at(x, columns), row: at(y, rows) };
}

function nearestFree(wanted: Cell, { columns, rows, taken }: Room): Cell {
  let best = wanted;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const distance = (column - wanted.column) ** 2 + (row - wanted.row) ** 2;
      if (distance >= bestDistance || taken.has(keyOf({ column, row }))) continue;
      best = { column, row };
      bestDistance = distance;
    }
  return best;
}

function nextFree(start: Cell, { columns, rows, taken }: Room): Cell {
  const count = columns * rows;
  const first = start.row * columns + start.column;
  for (let step = 0; step < count; step += 1) {
    const index = (first + step) % count;
    const cell = { column: index % columns, row: Math.floor(index / columns) };
    if (!taken.has(keyOf(cell))) return cell;
  }
  return start;
}

function keyOf({ column, row }: Cell): string {
  return `${column}/${row}`;
}
