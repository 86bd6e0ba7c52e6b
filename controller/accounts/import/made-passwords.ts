import { stringify } from 'csv-stringify/sync';

export interface MadePassword {
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
}

/**
 * Passwords that were made, as a file for a spreadsheet or a mail merge. Names come from elsewhere: one that begins
 * like a formula is kept from being one.
 */
export function madePasswordsCsv(made: readonly MadePassword[]): string {
  return stringify([...made], {
    header: true,
    columns: ['username', 'displayName', 'password'],
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}
