import * as v from 'valibot';
import { counter } from '../payloads/fields.ts';

/** `?dryRun=` and `?existing=` of `POST /users/import`. */
export const userImportQuery = v.strictObject({
  /** Only tells what would become of it. */
  dryRun: v.optional(
    v.pipe(
      v.picklist(['true', 'false']),
      v.transform((text) => text === 'true'),
    ),
    'false',
  ),
  /** People who are there already: a fault each, or they take what the file says. */
  existing: v.optional(v.picklist(['refuse', 'update']), 'refuse'),
});

/** How long a file may be, in characters. */
export const maxImportLength = 4_000_000;

/** The body of `POST /users/import` as JSON; as `text/csv` it is the file itself. */
export const userImportRequest = v.strictObject({
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(maxImportLength)),
});

export const userImport = v.object({
  dryRun: v.boolean(),
  created: counter,
  updated: counter,
  /** People who are as the file says already. */
  unchanged: counter,
  /** Groups that were made, by name. */
  newGroups: v.array(v.string()),
  /** The passwords that were made, as CSV (`username,displayName,password`), this once; null where none was made. */
  passwords: v.nullable(v.string()),
});
export type UserImport = v.InferOutput<typeof userImport>;
