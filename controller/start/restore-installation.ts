/**
 * A restore is all or nothing. Everything is made in `controller.restoring`, beside the place where it shall be: the
 * embedded database is built, filled and stopped there, and the folder then takes its name in one step. In a database of
 * the owner's it is one transaction, committed after everything else is ready.
 */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HomeroomError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { ArchivePlace } from '../store/backup/archive-reader.ts';
import { type CheckedBackup, checkBackup } from '../store/backup/check-backup.ts';
import type { KeptFile } from '../store/backup/kept-files.ts';
import { restoreDatabase } from '../store/backup/restore-database.ts';
import { readArchivedFiles, restoreHomes, writeKeptFiles } from '../store/backup/restore-files.ts';
import { startEmbeddedServer } from '../store/embedded-server.ts';
import { lockFolder } from './folder-lock.ts';

export interface RestoreOptions {
  readonly place: ArchivePlace;
  readonly dataDir: string;
  /** Undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Where homes go, a folder that is empty or not there; undefined to leave them out. */
  readonly homesDir: string | undefined;
  /** Whether what is there already may go. */
  readonly replaces: boolean;
  readonly isRoot: boolean;
  readonly now: Date;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly onProgress: (what: string, done: number, total: number) => void;
}

export interface Restored {
  readonly backup: CheckedBackup;
  /** Migrations that came after the backup. */
  readonly migrated: readonly string[];
  /** Where the controller's folder is that was there before; undefined when there was none. */
  readonly formerDir: string | undefined;
}

/**
 * Make an installation of a backup. Its checksums are compared before anything is written.
 *
 * @throws backup_damaged, backup_too_new, backup_passphrase_wrong, restore_target_not_empty, data_folder_in_use (a
 *   controller runs there), database_unavailable, disk_full
 */
export async function restoreInstallation(options: RestoreOptions): Promise<Restored> {
  const { place, dataDir, replaces, homesDir, onProgress } = options;
  const backup = await checkBackup(place, (entries) => onProgress('Parts checked', entries, entries));
  if (homesDir !== undefined && !backup.about.hasHomes)
    throw new HomeroomError('backup_damaged', 'The backup holds no homes; restore it without --homes.');
  const ownDir = join(dataDir, 'controller');
  if (!replaces) await requireEmpty(ownDir);
  if (homesDir !== undefined) await requireEmpty(homesDir);
  const lock = await lockFolder({ folder: ownDir, mode: 0o700, holder: 'homeroom-controller' });
  const stage = join(dataDir, 'controller.restoring');
  try {
    await rm(stage, { recursive: true, force: true });
    await mkdir(stage, { recursive: true, mode: 0o700 });
    return await fillAndSwap({ ...options, backup, ownDir, stage });
  } finally {
    await rm(stage, { recursive: true, force: true });
    lock.free();
  }
}

interface Work extends RestoreOptions {
  readonly backup: CheckedBackup;
  readonly ownDir: string;
  readonly stage: string;
}

async function fillAndSwap(work: Work): Promise<Restored> {
  const { place, dataDir, homesDir, databaseUrl, backup, stage, isRoot, signal, onProgress } = work;
  const files = await readArchivedFiles(place);
  await writeKeptFiles(stage, files.flatMap(ofController));
  const putHomes = async () => {
    if (homesDir === undefined) return;
    await mkdir(homesDir, { recursive: true, mode: 0o711 });
    const total = backup.manifest.homes.entries;
    const onEntry = (done: number) => onProgress('Files of homes restored', done, total);
    await restoreHomes({ place, folder: homesDir, isRoot, signal, onEntry });
  };
  let formerDir: string | undefined;
  const swap = async () => {
    signal.throwIfAborted();
    formerDir = await takePlace(work);
  };
  // An own database is swapped with its folder, when it has stopped; another's is committed after the folder is ready.
  const finishing = databaseUrl === undefined ? putHomes : () => putHomes().then(swap);
  const { migrated } = await fillDatabase(work, finishing);
  if (databaseUrl === undefined) await swap();
  await writeKeptFiles(dataDir, files.flatMap(besideController));
  return { backup, migrated, formerDir };
}

async function fillDatabase(
  { place, databaseUrl, stage, backup, replaces, logger, signal, onProgress }: Work,
  beforeCommit: () => Promise<void>,
): Promise<{ migrated: string[] }> {
  const onTable = (done: number, total: number) => onProgress('Tables restored', done, total);
  const options = { place, backup, replaces, signal, onTable, beforeCommit };
  if (databaseUrl !== undefined) return await restoreDatabase({ ...options, url: databaseUrl });
  const server = await startEmbeddedServer({ dataDir: stage, logger });
  try {
    return await restoreDatabase({ ...options, url: server.url });
  } finally {
    await server.stop();
  }
}

/** Give the staged folder its name. @returns where what was there is now */
async function takePlace({ ownDir, stage, now }: Work): Promise<string | undefined> {
  const isEmpty = (await entriesOf(ownDir)).length === 0;
  const formerDir = `${ownDir}.before-${now.toISOString().slice(0, 19).replaceAll(':', '-')}`;
  // An empty folder gives way by itself.
  if (!isEmpty) await rename(ownDir, formerDir);
  await rename(stage, ownDir);
  return isEmpty ? undefined : formerDir;
}

function ofController({ name, content }: KeptFile): KeptFile[] {
  const below = 'controller/';
  return name.startsWith(below) ? [{ name: name.slice(below.length), content }] : [];
}

/** Settings name what another machine may not have, as its database: they are put beside, for a person to compare. */
function besideController(file: KeptFile): KeptFile[] {
  if (file.name === 'config.json') return [{ ...file, name: 'config.from-backup.json' }];
  return file.name.startsWith('agents/') ? [file] : [];
}

async function requireEmpty(folder: string): Promise<void> {
  if ((await entriesOf(folder)).length === 0) return;
  throw new HomeroomError('restore_target_not_empty', `${folder} is not empty.`);
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (caught) {
    if (caught instanceof Error && 'code' in caught && caught.code === 'ENOENT') return [];
    throw caught;
  }
}
