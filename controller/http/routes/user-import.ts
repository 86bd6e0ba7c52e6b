import { userImport, userImportQuery, userImportRequest } from '@homeroom/protocol';
import type { ImportFault } from '../../accounts/import/import-fault.ts';
import { actorOf } from '../caller.ts';
import { RequestFault } from '../request-fault.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** A school of ten thousand, each with a long name, four groups and a password. */
const maxBodyBytes = 4 * 1024 * 1024;
/** More are not read by anybody; how many there are is told. */
const maxFaultsTold = 1_000;

/** Many people at once. */
export function userImportRoutes({ peopleImport }: Services): Route[] {
  return [
    route('POST /users/import', {
      access: 'admin',
      summary:
        'Make (and, with `?existing=update`, change) people from a CSV file, all or nobody; `?dryRun=true` only tells. Passwords that are made are in this answer alone.',
      body: userImportRequest,
      query: userImportQuery,
      answer: userImport,
      textTypes: ['text/csv'],
      maxBodyBytes,
      errors: ['import_invalid', 'last_admin', 'conflict'],
      operationId: 'importUsers',
      handle: async ({ body, query, caller }) => {
        const outcome = await peopleImport.run({ ...query, text: body.text }, actorOf(caller));
        if (outcome.kind === 'refused') throw faultOf(outcome.faults);
        return { json: outcome.answer };
      },
    }),
  ];
}

function faultOf(faults: readonly ImportFault[]): RequestFault {
  const fields = faults.slice(0, maxFaultsTold).map(({ line, column, message }) => ({
    field: column === null ? `line ${line}` : `line ${line}, ${column}`,
    message,
  }));
  const detail = faults.length === 1 ? 'There is one fault.' : `There are ${faults.length} faults.`;
  return new RequestFault(detail, fields, 'import_invalid');
}
