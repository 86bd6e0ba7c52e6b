/** A statement of a hot path: parsed once per connection, known there by its name. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

export interface Queryable {
  /**
   * Run one statement.
   *
   * @param sql the text, with `$1` for each value; never joined from values
   * @returns the rows; empty when the statement gives none
   * @throws database_unavailable when the database cannot be asked, disk_full, conflict; else pg's own error
   */
  query<Row>(sql: string | Prepared, values?: readonly unknown[]): Promise<Row[]>;
}
