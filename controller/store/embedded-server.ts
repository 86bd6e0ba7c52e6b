/**
 * The embedded PostgreSQL: the real server, in a process group of its own. Rules:
 * - it outlives a controller that is killed; the next one adopts it instead of starting a second;
 * - a server that dies is started again, at the same address: the pool of connections mends itself;
 * - `stop` is PostgreSQL's fast shutdown: running transactions are rolled back, nothing committed is lost.
 */
import { existsSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { ensureDatabase } from './embedded/ensure-database.ts';
import { isAlive, isServerOf } from './embedded/postmaster-pid.ts';
import type { RunningServer, ServerPlace } from './embedded/server-place.ts';
import { removeSocketFolder, socketUrl } from './embedded/socket-folder.ts';
import { adoptServer, startServer } from './embedded/start-server.ts';
import { stopServer } from './embedded/stop-server.ts';

export interface EmbeddedServerOptions {
  /** The server's files go to `postgres` below it, its log beside them. */
  readonly dataDir: string;
  readonly logger: Logger;
  /** False in tests: quicker, and lost when the machine stops. */
  readonly isDurable?: boolean;
}

export interface EmbeddedServer {
  /** Of the database `homeroom`; it stays the same when the server is started again. */
  readonly url: string;
  /** Of the server that runs now. */
  readonly pid: number;
  /** Whether it ran already: a controller before this one was killed. */
  readonly adopted: boolean;
  /** Stop the server, adopted or not. Connections should be closed before. */
  stop(): Promise<void>;
}

const databaseName = 'homeroom';
/** Recovery after a power cut replays the log from a slow SD card. */
const startTimeoutMs = 120_000;
const watchIntervalMs = 250;
/** Every so many looks, 5 s apart. */
const closeLookEvery = 20;
const maxBackoffMs = 10_000;

/**
 * Start the server of a data folder, or adopt the one that runs there, and make the database if it is missing.
 *
 * @throws disk_full; database_start_failed with the server's last words
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const parent = await realpath(options.dataDir);
  const place: ServerPlace = {
    parent,
    dataFolder: join(parent, 'postgres'),
    isDurable: options.isDurable ?? true,
    logger: options.logger,
  };
  const running = await adoptOrStart(place);
  await ensureDatabase(socketUrl(running.socketFolder, 'postgres'), databaseName);
  const server = new WatchedServer(place, running);
  server.start();
  return server;
}

/** A data folder that is gone (a volume that was taken away) comes back or not; an empty one in its place would be worse. */
async function startAgain(place: ServerPlace, socketFolder: string): Promise<RunningServer> {
  if (!existsSync(join(place.dataFolder, 'PG_VERSION')))
    throw new HomeroomError('database_start_failed', `${place.dataFolder} is gone`);
  return adoptOrStart(place, socketFolder);
}

async function adoptOrStart(place: ServerPlace, socketFolder?: string): Promise<RunningServer> {
  const signal = AbortSignal.timeout(startTimeoutMs);
  const adopted = await adoptServer(place, signal);
  if (adopted) return adopted;
  try {
    return await startServer(place, signal, socketFolder);
  } catch (caught) {
    // Another controller may have started it between the two looks.
    const other = await adoptServer(place, signal);
    if (other) return other;
    throw caught;
  }
}

class WatchedServer implements EmbeddedServer {
  readonly adopted: boolean;
  readonly #place: ServerPlace;
  readonly #stopping = new AbortController();
  #watch: Promise<void> | undefined;
  #running: RunningServer;

  constructor(place: ServerPlace, running: RunningServer) {
    this.#place = place;
    this.#running = running;
    this.adopted = running.adopted;
  }

  start(): void {
    this.#watch ??= this.#watchOver();
  }

  get url(): string {
    return socketUrl(this.#running.socketFolder, databaseName);
  }

  get pid(): number {
    return this.#running.pid;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#watch;
    await stopServer(this.#place, this.pid);
    await removeSocketFolder(this.#running.socketFolder, this.#place.parent);
  }

  /** Looks at the process, since an adopted one is not our child and tells nobody when it ends. */
  async #watchOver(): Promise<void> {
    let backoffMs = watchIntervalMs;
    for (let look = 1; await pause(backoffMs, this.#stopping.signal); look += 1) {
      // Its number may be another's by now, but hardly so soon; reading what it is costs many times as much.
      const isThere =
        isAlive(this.pid) &&
        (look % closeLookEvery > 0 || (await isServerOf(this.#place.dataFolder, this.pid)));
      backoffMs =
        isThere || (await this.#startAgain()) ? watchIntervalMs : Math.min(backoffMs * 2, maxBackoffMs);
    }
  }

  async #startAgain(): Promise<boolean> {
    const { logger } = this.#place;
    logger.error({ pid: this.pid }, 'the embedded database is gone: starting it again');
    try {
      this.#running = await startAgain(this.#place, this.#running.socketFolder);
      return true;
    } catch (caught) {
      logger.error({ err: toError(caught) }, 'the embedded database could not be started again');
      return false;
    }
  }
}

/** @returns false when it was cut short. */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
    return true;
  } catch {
    // An abort is no failure.
    return false;
  }
}
