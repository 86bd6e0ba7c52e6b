import type { CommandContext } from '../command.ts';
import { formatTable } from '../table.ts';

/** What a table shows of a record, by the title of its column. */
export type Columns<T> = Readonly<Record<string, (record: T) => string | number | null>>;

/** Print records: a table for people, where null is nothing; one line of JSON for scripts. */
export function printRecords<T>(
  { print }: Pick<CommandContext, 'print'>,
  records: readonly T[],
  { json, columns }: { json: boolean; columns: Columns<T> },
): void {
  const cells = Object.values(columns);
  const rows = records.map((record) => cells.map((cell) => String(cell(record) ?? '')));
  print(json ? `${JSON.stringify(records)}\n` : formatTable(Object.keys(columns), rows));
}

/** Print one record: a line for each field for people, one line of JSON for scripts. */
export function printRecord(
  { print }: Pick<CommandContext, 'print'>,
  record: Readonly<Record<string, unknown>>,
  { json }: { json: boolean },
): void {
  const rows = Object.entries(record).map(([name, value]) => [name, textOf(value)]);
  print(json ? `${JSON.stringify(record)}\n` : formatTable(['field', 'value'], rows));
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
