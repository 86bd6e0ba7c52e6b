/**
 * A CSV file as a table that knows its lines. What spreadsheets write is read as it is: a byte order mark, semicolons
 * or tabs for commas (where the comma is the decimal sign), line breaks within quotes, lines of nothing but delimiters.
 */
import { CsvError, parse } from 'csv-parse/sync';
import type { ImportFault } from './import-fault.ts';

export interface CsvRow {
  /** The line that it begins on. */
  readonly line: number;
  /** Trimmed; as many as the line has. */
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly delimiter: string;
  /** Without empty ones; the first is the heading. */
  readonly rows: readonly CsvRow[];
  readonly faults: readonly ImportFault[];
}

const delimiters = [';', '\t', ','] as const;

/** Read a file. What stands behind a quote that is never closed cannot be told apart, so there it ends with a fault. */
export function readCsvTable(text: string): CsvTable {
  // The parser counts a line break of two characters within quotes as two lines.
  const lines = text.replace(/\r\n?/g, '\n');
  const delimiter = delimiterOf(lines);
  const rows: CsvRow[] = [];
  let line = 1;
  const keep = (cells: string[], { lines: last }: { lines: number }): undefined => {
    if (cells.some((cell) => cell !== '')) rows.push({ line, cells });
    line = last + 1;
    return undefined;
  };
  try {
    parse(lines, {
      bom: true,
      delimiter,
      trim: true,
      relax_column_count: true,
      relax_quotes: true,
      on_record: keep,
    });
    return { delimiter, rows, faults: [] };
  } catch (caught) {
    if (!(caught instanceof CsvError)) throw caught;
    return { delimiter, rows, faults: [{ line, column: null, message: messageOf(caught) }] };
  }
}

/** @returns what parts the headings: of the usual ones the one that the first line has most of. */
function delimiterOf(text: string): string {
  const heading = text.slice(0, text.search(/\n|$/));
  const count = (delimiter: string) => heading.split(delimiter).length;
  return delimiters.reduce((best, next) => (count(next) > count(best) ? next : best));
}

function messageOf({ code }: CsvError): string {
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'A quotation mark that opens here, or further down, is never closed.'
    : `This is no proper CSV (${code}).`;
}
