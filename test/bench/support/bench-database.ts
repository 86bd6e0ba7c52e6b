import { join } from 'node:path';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { startEmbeddedServer } from '@homeroom/controller/store/embedded-server.ts';
import { migrate } from '@homeroom/controller/store/migrate.ts';
import { pino } from 'pino';

export interface BenchDatabase extends AsyncDisposable {
  readonly url: string;
  /** For looking into it and filling it. */
  readonly db: Database;
}

/** The database server as the controller runs it, durable. */
export interface BenchDatabaseServer extends AsyncDisposable {
  /** @returns a database with its tables, empty */
  createDatabase(name: string): Promise<BenchDatabase>;
}

const logger = pino({ level: 'silent' });

/** @param dir where its folder is made */
export async function startBenchDatabaseServer(dir: string): Promise<BenchDatabaseServer> {
  const server = await startEmbeddedServer({ dataDir: join(dir, 'database'), logger });
  const admin = await openDatabase({ url: server.url, maxConnections: 1, logger });
  return {
    async createDatabase(name) {
      await admin.query(`create database ${name}`);
      const url = server.url.replace('@/homeroom?', `@/${name}?`);
      const db = await openDatabase({ url, maxConnections: 2, logger });
      await migrate(db);
      return { url, db, [Symbol.asyncDispose]: () => db.stop() };
    },
    async [Symbol.asyncDispose]() {
      await admin.stop();
      await server.stop();
    },
  };
}
