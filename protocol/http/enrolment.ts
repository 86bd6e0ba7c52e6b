import * as v from 'valibot';
import { label, timestamp } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';

export const enrolmentPolicy = v.object({
  policy: v.picklist(['token', 'open', 'approve']),
  /** When `open` falls back to `token`. */
  openUntil: nullableTime,
});
export type EnrolmentPolicy = v.InferOutput<typeof enrolmentPolicy>;

/** A device that waits for an admin to compare its code. */
export const enrolment = v.object({
  id,
  device: id,
  name: v.nullable(label),
  code: v.string(),
  model: label,
  address: v.nullable(label),
  askedAt: timestamp,
});
export type Enrolment = v.InferOutput<typeof enrolment>;
