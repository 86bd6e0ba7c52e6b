/** A PostgreSQL server of the machine's own, as Debian packages it, in place of the embedded one. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { silentLogger } from './postgres.ts';
import { waitFor } from './wait-for.ts';

const versionsDir = '/usr/lib/postgresql';

/** What a test says when it is left out. */
export const noDebianPostgres = 'no PostgreSQL of Debian here (apt-get install postgresql)';

/** @returns the folder of the newest server's programs, or undefined when none is installed */
export function findDebianPostgres(): string | undefined {
  const versions = existsSync(versionsDir) ? readdirSync(versionsDir) : [];
  return versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(versionsDir, version, 'bin'))
    .find((programs) => existsSync(join(programs, 'initdb')) && existsSync(join(programs, 'postgres')));
}

export interface DebianPostgres extends AsyncDisposable {
  /** @returns the URL of a database on it */
  urlOf(database: string): string;
  /** Make a database, empty or as a copy. @returns its URL */
  createDatabase(name: string): Promise<string>;
}

/** Start a server on a Unix socket in a folder of its own; disposing of it ends both. */
export async function startDebianPostgres(programs: string): Promise<DebianPostgres> {
  const dir = await mkdtemp(join(tmpdir(), 'homeroom-debian-postgres-'));
  const account = serverAccount();
  await chmod(dir, 0o755);
  if (account.uid !== undefined) await chown(dir, account.uid, account.gid);
  const dataDir = join(dir, 'data');
  const initialise = ['-D', dataDir, '-A', 'trust', '--username=homeroom', '--no-sync'];
  execFileSync(join(programs, 'initdb'), initialise, { stdio: 'ignore', ...account });
  const settings = ['listen_addresses=', 'fsync=off', `unix_socket_directories=${dir}`];
  const options = settings.flatMap((setting) => ['-c', setting]);
  const server = spawn(join(programs, 'postgres'), ['-D', dataDir, ...options], {
    stdio: 'ignore',
    ...account,
  });
  const urlOf = (database: string) => `postgres://homeroom@/${database}?host=${dir}`;
  const stop = async () => {
    // Fast shutdown: it cuts connections off instead of waiting for them.
    server.kill('SIGINT');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    await rm(dir, { recursive: true, force: true });
  };
  const open = () => openDatabase({ url: urlOf('postgres'), maxConnections: 1, logger: silentLogger });
  const admin: Database = await waitFor('PostgreSQL to answer', () => open().catch(() => undefined));
  return {
    urlOf,
    async createDatabase(name) {
      await admin.query(`create database ${name}`);
      return urlOf(name);
    },
    async [Symbol.asyncDispose]() {
      await admin.stop();
      await stop();
    },
  };
}

/** PostgreSQL refuses root: then it is the account that Debian's package makes. */
function serverAccount(): { uid: number; gid: number } | { uid?: undefined; gid?: undefined } {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((text) => text.startsWith('postgres:'));
  const [, , uid, gid] = (line ?? '').split(':');
  return { uid: Number(uid), gid: Number(gid) };
}
