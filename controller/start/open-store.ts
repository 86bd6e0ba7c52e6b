import { join } from 'node:path';
import { HomeroomError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Config } from '../config-keys.ts';
import { defaultConnections } from '../roles.ts';
import { type ConnectedDatabase, openDatabase } from '../store/database.ts';
import { startEmbeddedServer } from '../store/embedded-server.ts';
import { migrate } from '../store/migrate.ts';
import { PostgresChanges } from '../store/postgres-changes.ts';
import { QueryLimit } from '../store/query-limit.ts';
import { lockFolder } from './folder-lock.ts';
import { openExternalDatabase } from './open-external-database.ts';
import type { Shutdown } from './shutdown.ts';

/** Changes are heard on a connection of their own. */
const listening = 1;
/** A database that starts with us, after a power cut, recovers first. */
const externalPatienceMs = 60_000;

export interface Store {
  readonly db: ConnectedDatabase;
  readonly changes: PostgresChanges;
  /** For work that somebody waits for. */
  readonly queryLimit: QueryLimit;
}

export interface StoreOptions {
  readonly config: Pick<Config, 'databaseUrl' | 'databaseConnections' | 'roles'>;
  readonly dataDir: string;
  readonly logger: Logger;
  readonly shutdown: Shutdown;
  readonly progress: (step: string) => void;
}

/**
 * Open the database (the embedded one is started or adopted first) and bring its schema up to date.
 *
 * @throws data_folder_in_use when another controller has the embedded database, config_invalid when the folder
 *   cannot be used, disk_full, database_start_failed, database_unavailable
 */
export async function openStore({
  config,
  dataDir,
  logger,
  shutdown,
  progress,
}: StoreOptions): Promise<Store> {
  const url = config.databaseUrl ?? (await startEmbedded({ dataDir, logger, shutdown, progress }));
  progress('opening the database');
  const queryLimit = new QueryLimit();
  const { roles, databaseConnections = defaultConnections(roles) } = config;
  const maxConnections = databaseConnections - listening;
  const options = { url, maxConnections, queryLimit, logger: logger.child({ part: 'store' }) };
  const db = await (config.databaseUrl === undefined
    ? openDatabase(options)
    : openExternalDatabase(options, untilStopped(shutdown)));
  shutdown.add('database connections', () => db.stop());
  const { applied } = await migrate(db);
  if (applied.length > 0) logger.info({ applied }, 'the database schema was brought up to date');
  const changes = new PostgresChanges({ db, url, logger: logger.child({ part: 'store' }) });
  changes.start();
  shutdown.add('changes', () => changes.stop());
  return { db, changes, queryLimit };
}

/** @returns a signal that ends the wait for an external database: after its time, or when the start is cut off */
function untilStopped(shutdown: Shutdown): AbortSignal {
  const stopping = new AbortController();
  shutdown.add('wait for the database', () => stopping.abort());
  return AbortSignal.any([stopping.signal, AbortSignal.timeout(externalPatienceMs)]);
}

async function startEmbedded(options: Omit<StoreOptions, 'config'>): Promise<string> {
  const { dataDir, logger, shutdown, progress } = options;
  const folder = join(dataDir, 'controller');
  // Two controllers would share one server, and the first to stop would take it from the other.
  const lock = await lockFolder({ folder, mode: 0o700, holder: 'homeroom-controller' }).catch(tellOfSharing);
  shutdown.add('data folder', () => lock.free());
  progress('starting the embedded database');
  const server = await startEmbeddedServer({
    dataDir: folder,
    logger: logger.child({ part: 'postgres' }),
  });
  shutdown.add('embedded database', () => server.stop());
  return server.url;
}

/** Whoever starts a second process on purpose wants to know how the two share a database. */
function tellOfSharing(caught: unknown): never {
  if (!(caught instanceof HomeroomError) || caught.code !== 'data_folder_in_use') throw caught;
  const how = 'A further process of the same controller needs HOMEROOM_DATABASE_URL: docs/operations.md.';
  throw new HomeroomError('data_folder_in_use', `${caught.detail} ${how}`, { cause: caught });
}
