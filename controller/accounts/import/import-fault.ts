/** One thing that is wrong with a file, where a person finds it. */
export interface ImportFault {
  /** As a text editor counts, from 1. */
  readonly line: number;
  /** The column by its heading; null where the whole line is meant. */
  readonly column: string | null;
  /** A sentence. */
  readonly message: string;
}
