import { toError } from '@homeroom/protocol';
import { record } from '../audit.ts';
import { readMigrations } from '../migrate.ts';
import { ArchiveWriter } from './archive-writer.ts';
import { aboutName, type BackupAbout, backupFormat, manifestName } from './backup-format.ts';
import { CopyConnection } from './copy-connection.ts';
import { dumpTables } from './dump-tables.ts';
import { dumpHomes } from './home-files.ts';
import { readKeptFiles } from './kept-files.ts';
import { readAppliedMigrations, readSequences, readTables } from './table-catalog.ts';

/** Everything is read as it was at one moment, while others go on writing. */
const beginSql = 'begin transaction isolation level repeatable read read only';

export interface MakeBackupOptions {
  /** Of the database; it must run. */
  readonly url: string;
  readonly dataDir: string;
  /** Where the key of sealed secrets is; undefined for the data folder. */
  readonly secretKeyFile: string | undefined;
  /** The folder that holds everybody's home; undefined to leave homes out. */
  readonly homesDir: string | undefined;
  readonly path: string;
  readonly passphrase: string | undefined;
  /** Of this Homeroom. */
  readonly version: string;
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly onProgress: (what: string, done: number, total: number) => void;
}

/** What a backup holds, for those who made it. */
export interface MadeBackup {
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  readonly homeEntries: number;
}

/**
 * Write everything that is state into one file. That it was made stands in the audit log, after it.
 *
 * @throws database_unavailable; what the system says when the file cannot be written. Nothing half done is left
 */
export async function makeBackup(options: MakeBackupOptions): Promise<MadeBackup> {
  const { path, passphrase, url, signal } = options;
  await using db = await CopyConnection.open(url);
  const archive = await ArchiveWriter.open(path, passphrase);
  let made: MadeBackup;
  try {
    await db.query(beginSql);
    made = await fill(archive, db, options);
    await db.query('rollback');
    signal.throwIfAborted();
    await archive.finish();
  } catch (caught) {
    await archive.abandon().catch(() => undefined);
    throw toError(caught);
  }
  // Before an update is started for the first time, the log may not have the columns that this version writes.
  if (await isUpToDate(db)) {
    await record(db, { action: 'backup.make', details: { ...made, sealed: passphrase !== undefined } });
  }
  return made;
}

async function isUpToDate(db: CopyConnection): Promise<boolean> {
  const known = (await readMigrations()).map(({ name }) => name);
  return known.join() === (await readAppliedMigrations(db)).join();
}

async function fill(
  archive: ArchiveWriter,
  db: CopyConnection,
  options: MakeBackupOptions,
): Promise<MadeBackup> {
  const { version, now, dataDir, secretKeyFile, homesDir, onProgress, signal } = options;
  const about: BackupAbout = {
    format: backupFormat,
    version,
    madeAt: now.toISOString(),
    migrations: await readAppliedMigrations(db),
    hasHomes: homesDir !== undefined,
  };
  await archive.add({ name: aboutName, mode: 0o600 }, JSON.stringify(about, undefined, 2));
  const files = await readKeptFiles(dataDir, secretKeyFile);
  for (const { name, content } of files) await archive.add({ name, mode: 0o600 }, content);
  const catalog = await readTables(db);
  const show = (what: string, done: number, total: number) => {
    signal.throwIfAborted();
    onProgress(what, done, total);
  };
  const tables = await dumpTables(db, archive, {
    tables: catalog,
    onTable: (done) => show('Tables saved', done, catalog.length),
  });
  // Read last: sequences are of no snapshot, and must not be behind the rows.
  const sequences = await readSequences(db);
  if (homesDir !== undefined)
    await dumpHomes(archive, homesDir, (done) => show('Files of homes saved', done, done));
  const manifest = { tables, sequences, ...archive.checksums };
  await archive.add({ name: manifestName, mode: 0o600 }, JSON.stringify(manifest));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return { tables: tables.length, rows, files: files.length, homeEntries: manifest.homes.entries };
}
