/** What others typed must not steer the terminal: C0, DEL and C1. */
const controlCharacters = /\p{Cc}/gu;

/**
 * Lay rows out in columns for a terminal.
 *
 * @returns lines with a head; the head alone when there are no rows
 */
export function formatTable(head: readonly string[], given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map((cell) => cell.replace(controlCharacters, '\ufffd')));
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [head, ...rows].map((cells) => `${line(cells)}\n`).join('');
}
