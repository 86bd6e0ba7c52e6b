const oneRowAtMost = 4;
/** Columns to rows of a wall that fills a wide screen: a tile is a little higher than its picture. */
const columnsPerRow = 1.9;

/** @returns in how many columns a wide screen shows all seats as large as it can */
export function gridColumns(seats: number): number {
  return Math.max(1, Math.min(seats, oneRowAtMost), Math.ceil(Math.sqrt(seats * columnsPerRow)));
}
