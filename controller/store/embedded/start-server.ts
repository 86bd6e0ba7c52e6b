import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HomeroomError } from '@homeroom/protocol';
import { findBinaries } from './binaries.ts';
import { prepareDataFolder } from './data-folder.ts';
import { requireFreeSpace } from './free-space.ts';
import { isAlive, isServerOf, readPostmasterPid } from './postmaster-pid.ts';
import { openServerLog } from './server-log.ts';
import type { RunningServer, ServerPlace } from './server-place.ts';
import { type ServerProcess, spawnServer } from './server-process.ts';
import { serverArguments } from './server-settings.ts';
import { makeSocketFolder, socketPort } from './socket-folder.ts';
import { chooseIdentity } from './unprivileged.ts';

const pollMs = 20;

/**
 * Find the server that runs on a data folder already: a controller before this one was killed, or another
 * one has just started it.
 *
 * @returns undefined when none runs; a pid file that names somebody else's process is taken away
 */
export async function adoptServer(
  place: ServerPlace,
  signal: AbortSignal,
): Promise<RunningServer | undefined> {
  const found = await readPostmasterPid(place.dataFolder);
  if (!found) return undefined;
  if (await isServerOf(place.dataFolder, found.pid)) {
    place.logger.info({ pid: found.pid }, 'the embedded database runs already: adopted');
    return await whenReady(place, { pid: found.pid, exit: () => undefined }, { adopted: true, signal });
  }
  // Of a dead process: the server looks after such a file itself. Of a living stranger that was given the
  // same number: the server would take it for one of its own and refuse to start.
  if (isAlive(found.pid)) await rm(join(place.dataFolder, 'postmaster.pid'), { force: true });
  return undefined;
}

/**
 * Start the server.
 *
 * @param socketFolder where clients look for it already; chosen afresh when absent
 * @throws disk_full, database_start_failed with the server's last words
 */
export async function startServer(
  place: ServerPlace,
  signal: AbortSignal,
  socketFolder?: string,
): Promise<RunningServer> {
  await requireFreeSpace(place.parent);
  const [{ initdb, postgres }, identity] = await Promise.all([findBinaries(), chooseIdentity(signal)]);
  await prepareDataFolder(place, { initdb, identity, signal });
  const folder = socketFolder ?? (await makeSocketFolder(place.parent, identity.owner));
  // The socket's folder is ours alone, and no server runs: what lies there is of one that is gone.
  await rm(join(folder, `.s.PGSQL.${socketPort}.lock`), { force: true });
  const args = serverArguments({ ...place, socketFolder: folder, port: socketPort });
  const log = await openServerLog(place.parent);
  try {
    const server = await spawnServer({ program: postgres, args, identity, logFd: log.fd });
    return await whenReady(place, server, { adopted: false, signal });
  } catch (caught) {
    await requireFreeSpace(place.parent);
    if (!(caught instanceof HomeroomError)) throw caught;
    throw new HomeroomError(caught.code, `${caught.detail} (${await log.tail()})`, { cause: caught });
  } finally {
    await log.close();
  }
}

/** A server that is not ready in time is left alone: it recovers from a crash, and the next start adopts it. */
async function whenReady(
  place: ServerPlace,
  server: ServerProcess,
  { adopted, signal }: { adopted: boolean; signal: AbortSignal },
): Promise<RunningServer> {
  for (;;) {
    const file = await readPostmasterPid(place.dataFolder);
    if (file?.pid === server.pid && file.isReady && file.socketFolder) {
      return { pid: server.pid, socketFolder: file.socketFolder, adopted };
    }
    const exit = server.exit();
    if (exit !== undefined || !isAlive(server.pid)) {
      throw new HomeroomError('database_start_failed', `the server did not start: ${exit ?? 'it is gone'}`);
    }
    if (signal.aborted) throw new HomeroomError('database_start_failed', 'the server was not ready in time');
    await sleep(pollMs);
  }
}
