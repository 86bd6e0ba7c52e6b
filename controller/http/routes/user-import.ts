import { userImport, userImportQuery, userImportRequest } from '@homeroom/protocol';
import { actorOf } from '../caller.ts';
import { importRefusal } from '../import-refusal.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** A school of ten thousand, each with a long name, four groups and a password. */
const maxBodyBytes = 4 * 1024 * 1024;

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
        if (outcome.kind === 'refused') throw importRefusal(outcome.faults);
        return { json: outcome.answer };
      },
    }),
  ];
}
