/** One thing that is wrong with a file, where a person finds it. */
export interface ImportFault {
  /** As a text editor counts, from 1. */
  readonly line: number;
  /** The column by its heading; null where the whole line is meant. */
  readonly column: string | null;
  /** A sentence. */
  readonly message: string;
}

/** More are not read by anybody; how many there are is told. */
const maxFaultsTold = 1_000;

/** @returns faults as they leave by the API, each with the place where it stands */
export function toldFaults(faults: readonly ImportFault[]): { field: string; message: string }[] {
  return faults.slice(0, maxFaultsTold).map(({ line, column, message }) => ({
    field: column === null ? `line ${line}` : `line ${line}, ${column}`,
    message,
  }));
}
