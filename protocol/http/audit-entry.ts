import * as v from 'valibot';
import { counter, label, timestamp } from '../payloads/fields.ts';

const fields = v.nullable(v.record(v.string(), v.unknown()));

export const auditEntry = v.object({
  id: v.number(),
  at: timestamp,
  actor: v.nullable(label),
  action: label,
  subject: v.nullable(label),
  details: fields,
  /** What changed, as it was and as it became; null where nothing was there, or nothing is left. No secrets. */
  before: fields,
  after: fields,
  address: v.nullable(label),
  /** The place in the chain; null until it is sealed, a second or so after it was written. */
  sequence: v.nullable(counter),
  hash: v.nullable(v.string()),
});
export type AuditEntry = v.InferOutput<typeof auditEntry>;

/** `GET /audit/verify`: whether the chain is whole. */
export const auditVerdict = v.object({
  isWhole: v.boolean(),
  /** How many entries, from the first, are as they were. */
  verified: counter,
  /** Of the last of them: whoever keeps it elsewhere can show later that nothing before it was rewritten. */
  hash: v.string(),
  /** Written, but not in the chain yet. */
  unsealed: counter,
  fault: v.nullable(
    v.object({
      /** The first entry that is not as it was. */
      sequence: counter,
      kind: v.picklist(['missing', 'changed', 'cut-off']),
    }),
  ),
});
export type AuditVerdict = v.InferOutput<typeof auditVerdict>;
