import { type ImportFault, toldFaults } from '../accounts/import/import-fault.ts';
import { RequestFault } from './request-fault.ts';

/** @returns the faults of a file as one refusal, each with its line */
export function importRefusal(faults: readonly ImportFault[]): RequestFault {
  const detail = faults.length === 1 ? 'There is one fault.' : `There are ${faults.length} faults.`;
  return new RequestFault(detail, toldFaults(faults), 'import_invalid');
}
