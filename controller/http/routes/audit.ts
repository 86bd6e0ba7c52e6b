import { auditEntry, auditVerdict, listOf } from '@homeroom/protocol';
import * as v from 'valibot';
import { toCsv, toNdjson } from '../audit-export.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const time = v.pipe(v.string(), v.isoTimestamp());
const filter = {
  actor: v.optional(text),
  /** `room.rename`, or `room` for all that begin so. */
  action: v.optional(text),
  subject: v.optional(text),
  since: v.optional(time),
  until: v.optional(time),
};
const auditQuery = v.strictObject(filter);
const exportQuery = v.strictObject({
  ...filter,
  format: v.optional(v.picklist(['ndjson', 'csv']), 'ndjson'),
});

/** Who did what. */
export function auditRoutes({ audit }: Services): Route[] {
  return [
    route('GET /audit', {
      access: 'admin',
      summary: 'Who changed what, from what to what, the latest first.',
      query: auditQuery,
      answer: listOf(auditEntry),
      isPaginated: true,
      handle: async ({ query, page }) => ({ json: await audit.page(query, page) }),
    }),
    route('GET /audit/export', {
      access: 'admin',
      summary:
        'The same as a file, the oldest first: a line of JSON each, or `?format=csv` for a spreadsheet.',
      query: exportQuery,
      mediaTypes: ['application/x-ndjson', 'text/csv'],
      handle: async ({ query: { format, ...wanted } }) => {
        const entries = audit.walk(wanted);
        const [mediaType, chunks] =
          format === 'csv'
            ? ['text/csv; charset=utf-8', toCsv(entries)]
            : ['application/x-ndjson', toNdjson(entries)];
        const headers = { 'content-disposition': `attachment; filename="homeroom-audit.${format}"` };
        return { text: { mediaType, chunks }, headers };
      },
    }),
    route('GET /audit/verify', {
      access: 'admin',
      summary: 'Go along the chain of hashes: whether any entry was changed, removed or cut off.',
      answer: auditVerdict,
      operationId: 'verifyAudit',
      handle: async () => ({ json: await audit.verify() }),
    }),
  ];
}
