import { join } from 'node:path';
import type { Logger } from 'pino';
import { isServerOf, readPostmasterPid } from '../store/embedded/postmaster-pid.ts';
import { socketUrl } from '../store/embedded/socket-folder.ts';
import { startEmbeddedServer } from '../store/embedded-server.ts';
import { lockFolder } from './folder-lock.ts';

export interface SavedDatabaseOptions {
  /** Undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  /** The controller's own folder. */
  readonly ownDir: string;
  readonly logger: Logger;
}

/** A database that answers until this is disposed of. */
export interface SavedDatabase extends AsyncDisposable {
  readonly url: string;
}

/**
 * Reach the database of an installation, whether its controller runs or not: a server that runs is used as it
 * is, one that stands is started for this time.
 *
 * @throws data_folder_in_use, database_start_failed, disk_full
 */
export async function openSavedDatabase({
  databaseUrl,
  ownDir,
  logger,
}: SavedDatabaseOptions): Promise<SavedDatabase> {
  if (databaseUrl !== undefined) return { url: databaseUrl, [Symbol.asyncDispose]: async () => undefined };
  const running = await embeddedUrl(ownDir);
  if (running !== undefined) return { url: running, [Symbol.asyncDispose]: async () => undefined };
  const lock = await lockFolder({ folder: ownDir, mode: 0o700, holder: 'homeroom-controller' });
  try {
    const server = await startEmbeddedServer({ dataDir: ownDir, logger });
    return {
      url: server.url,
      [Symbol.asyncDispose]: async () => {
        await server.stop();
        lock.free();
      },
    };
  } catch (caught) {
    lock.free();
    throw caught;
  }
}

/** @returns where the embedded database of a folder answers; undefined while it does not run */
export async function embeddedUrl(ownDir: string): Promise<string | undefined> {
  const folder = join(ownDir, 'postgres');
  const found = await readPostmasterPid(folder);
  const isRunning = found?.isReady && (await isServerOf(folder, found.pid));
  return isRunning ? socketUrl(found.socketFolder, 'homeroom') : undefined;
}
