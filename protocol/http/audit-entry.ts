import * as v from 'valibot';
import { label, timestamp } from '../payloads/fields.ts';

export const auditEntry = v.object({
  id: v.number(),
  at: timestamp,
  actor: v.nullable(label),
  action: label,
  subject: v.nullable(label),
  details: v.nullable(v.record(v.string(), v.unknown())),
  address: v.nullable(label),
});
export type AuditEntry = v.InferOutput<typeof auditEntry>;
