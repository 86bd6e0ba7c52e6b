import type { ImportFault } from '../accounts/import/import-fault.ts';
import { RequestFault } from './request-fault.ts';

/** More are not read by anybody; how many there are is told. */
const maxFaultsTold = 1_000;

/** @returns the faults of a file as one refusal, each with its line */
export function importRefusal(faults: readonly ImportFault[]): RequestFault {
  const fields = faults.slice(0, maxFaultsTold).map(({ line, column, message }) => ({
    field: column === null ? `line ${line}` : `line ${line}, ${column}`,
    message,
  }));
  const detail = faults.length === 1 ? 'There is one fault.' : `There are ${faults.length} faults.`;
  return new RequestFault(detail, fields, 'import_invalid');
}
