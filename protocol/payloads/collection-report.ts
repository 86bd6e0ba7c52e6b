import * as v from 'valibot';
import { counter } from './fields.ts';

/** Why something that stands in the folder was not collected. */
export const leftReasons = [
  'too-large',
  'too-many',
  'too-deep',
  'link',
  'not-a-file',
  'not-the-users',
  'unreadable',
] as const;
export type LeftReason = (typeof leftReasons)[number];

/** Below the folder, with `/` between. */
const path = v.pipe(v.string(), v.maxLength(300));

/** What was collected of one user, and what was not. */
export const collectionReport = v.looseObject({
  /** Where the copies are, on the host. */
  folder: v.pipe(v.string(), v.maxLength(1_000)),
  /** The user had no such folder. */
  isMissing: v.boolean(),
  files: v.pipe(v.array(v.looseObject({ path, sizeBytes: counter })), v.maxLength(500)),
  /** The first of them; the rest is counted. */
  left: v.pipe(v.array(v.looseObject({ path, reason: v.picklist(leftReasons) })), v.maxLength(100)),
  leftCount: counter,
});
export type CollectionReport = v.InferOutput<typeof collectionReport>;
