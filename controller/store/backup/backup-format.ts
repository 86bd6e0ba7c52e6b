/**
 * What a backup is: a tar, packed by gzip, and sealed where a passphrase was given. In this order:
 * - `about.json` ({@link BackupAbout}), so that a file that cannot be used is refused at its beginning;
 * - `controller/…`, `agents/…`, `config.json`: files of the data folder;
 * - `tables/<table>.<number>.copy`: the rows, as PostgreSQL's COPY writes them as text, cut into pieces;
 * - `homes/…`, where they were asked for;
 * - `manifest.json` ({@link BackupManifest}): checksums of everything before it. A file without it was cut off.
 */
import * as v from 'valibot';

/** Grows when an older Homeroom could no longer read it. */
export const backupFormat = 1;
export const aboutName = 'about.json';
export const manifestName = 'manifest.json';
export const homesPrefix = 'homes/';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** A name of the schema that stands in statements, quoted. */
const sqlName = v.pipe(v.string(), v.regex(/^[a-z_][a-z0-9_]{0,62}$/));

export const backupAbout = v.looseObject({
  format: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Of the Homeroom that made it. */
  version: v.string(),
  madeAt: v.pipe(v.string(), v.isoTimestamp()),
  /** Of the schema that the rows are of, by name. */
  migrations: v.array(v.string()),
  hasHomes: v.boolean(),
});
export type BackupAbout = v.InferOutput<typeof backupAbout>;

export const backupManifest = v.looseObject({
  tables: v.array(v.object({ name: sqlName, columns: v.array(sqlName), rows: count })),
  /** The value that each sequence gave last. */
  sequences: v.array(v.object({ name: sqlName, last: v.pipe(v.string(), v.regex(/^-?\d+$/)) })),
  /** Everything but homes. */
  entries: v.array(v.object({ name: v.string(), bytes: count, sha256 })),
  /** All homes together: a hash over the line of each, in their order. */
  homes: v.object({ entries: count, bytes: count, sha256 }),
});
export type BackupManifest = v.InferOutput<typeof backupManifest>;

/** @returns the name of a piece of a table */
export function tableEntry(table: string, number: number): string {
  return `tables/${table}.${String(number).padStart(6, '0')}.copy`;
}

/** @returns the table whose piece it is; undefined for every other entry */
export function tableOfEntry(name: string): string | undefined {
  return /^tables\/([a-z_][a-z0-9_]*)\.\d{6,}\.copy$/.exec(name)?.[1];
}
