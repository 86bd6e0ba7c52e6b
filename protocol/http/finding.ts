import * as v from 'valibot';
import { counter, timestamp } from '../payloads/fields.ts';

/**
 * - `missing`: on record, but its provider has it no more, or does not tell of it
 * - `foreign`: a provider has it, but it is on no record, or on record as another provider's; never touched
 * - `stuck`: past its deadline
 * - `forgotten`: ours, but whoever it was for is gone
 */
export const findingKinds = ['missing', 'foreign', 'stuck', 'forgotten'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Something that is not as the records say. */
export const finding = v.object({
  id: v.pipe(v.string(), v.uuid()),
  kind: v.picklist(findingKinds),
  /** Null where no provider has to do with it. */
  provider: v.nullable(v.string()),
  /** The id of the desktop, session or guest, the name that a provider gave, or what is left over. */
  subject: v.string(),
  /** A sentence: what is wrong. */
  reason: v.string(),
  /** In how many looks it was seen. */
  times: counter,
  firstSeenAt: timestamp,
  lastSeenAt: timestamp,
  /** A sentence: what is done about it; once it is over, what was done. */
  mend: v.string(),
  /** When that is tried next; null where it is tried elsewhere, or is for a person to do. */
  mendAt: v.nullable(timestamp),
  /** How often it was tried. */
  attempts: counter,
  /** When it was over; null while it stands. */
  mendedAt: v.nullable(timestamp),
});
export type Finding = v.InferOutput<typeof finding>;

/** How many findings of each kind stand. */
export const findingCounts = v.object({
  missing: counter,
  foreign: counter,
  stuck: counter,
  forgotten: counter,
});
export type FindingCounts = v.InferOutput<typeof findingCounts>;
