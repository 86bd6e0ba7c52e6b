/**
 * Real databases for tests. One server per test file: its own folder, copied from one that the run has prepared; one
 * database per test, copied from a migrated template.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Changes } from '@homeroom/controller/store/changes.ts';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { type EmbeddedServer, startEmbeddedServer } from '@homeroom/controller/store/embedded-server.ts';
import { type Logger, pino } from 'pino';
import { inject } from 'vitest';
import { copyPrepared } from './prepared-postgres/copy-prepared.ts';
import { createTemplate, templateName, urlOf } from './prepared-postgres/create-template.ts';
import { startReaper } from './reaper.ts';

/** For rooms whose announcements a test does not look at. */
export const noChanges: Changes = { announce: () => undefined, subscribe: () => () => undefined };

/** Says nothing; tests that look at the log give a logger of their own. */
export const silentLogger: Logger = pino({ level: 'silent' });

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly db: Database;
}

export interface TestServer extends AsyncDisposable {
  readonly server: EmbeddedServer;
  /** @returns a new migrated database, and connections to it that end with the test */
  createDatabase(options?: { maxConnections?: number }): Promise<TestDatabase>;
}

/**
 * Start a server in a folder of its own; `await using` or `[Symbol.asyncDispose]()` ends both.
 *
 * @param folder that it is copied from; null makes it anew, as a process that vitest does not run has to
 */
export async function startTestServer(
  folder: string | null | undefined = inject('preparedPostgres'),
): Promise<TestServer> {
  const dataDir = await realpath(await mkdtemp(join(tmpdir(), 'homeroom-test-')));
  const reaper = startReaper(dataDir);
  const isPrepared = typeof folder === 'string' && (await copyPrepared(folder, dataDir));
  const server = await startEmbeddedServer({ dataDir, logger: silentLogger, isDurable: false });
  const end = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
    await reaper[Symbol.asyncDispose]();
  };
  const admin = await prepare(server, isPrepared).catch(async (caught: unknown) => {
    // No process may outlive a test, least of all one that failed to begin.
    await end();
    throw caught;
  });
  let count = 0;
  return {
    server,
    async createDatabase({ maxConnections = 10 } = {}) {
      count += 1;
      const name = `test_${count}`;
      await admin.query(`create database ${name} template ${templateName}`);
      const url = urlOf(server.url, name);
      const db = await openDatabase({ url, maxConnections, logger: silentLogger });
      return { url, db, [Symbol.asyncDispose]: () => db.stop() };
    },
    async [Symbol.asyncDispose]() {
      await admin.stop();
      await end();
    },
  };
}

/** @returns a connection that may make databases; the one that they are copied from is made, unless it is there */
async function prepare({ url }: EmbeddedServer, isPrepared: boolean): Promise<Database> {
  const admin = await openDatabase({ url, maxConnections: 1, logger: silentLogger });
  try {
    if (!isPrepared) await createTemplate(url);
    return admin;
  } catch (caught) {
    await admin.stop();
    throw caught;
  }
}
