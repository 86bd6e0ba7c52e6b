import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@homeroom/controller/store/database.ts';
import { startEmbeddedServer } from '@homeroom/controller/store/embedded-server.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'homeroom-test-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const start = (folder = dataDir) =>
  startEmbeddedServer({ dataDir: folder, logger: silentLogger, isDurable: false });

async function ask<Row>(url: string, sql: string): Promise<Row[]> {
  const db = await openDatabase({ url, maxConnections: 1, logger: silentLogger });
  try {
    return await db.query<Row>(sql);
  } finally {
    await db.stop();
  }
}

it('makes a database that keeps its rows over a restart, and listens on no port', async () => {
  const first = await start();
  expect(first.adopted).toBe(false);
  await ask(first.url, 'create table kept as select 42 as answer');
  expect(await ask(first.url, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
  await first.stop();
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.stop();
});

it('adopts the server that a killed controller left running', async () => {
  const left = await start();
  const adopting = await start();
  expect(adopting).toMatchObject({ adopted: true, pid: left.pid, url: left.url });
  await adopting.stop();
  await left.stop();
});

it('starts a server that was killed again, at the same address', async () => {
  const server = await start();
  const { url, pid } = server;
  const db = await openDatabase({ url, maxConnections: 2, logger: silentLogger });
  process.kill(pid, 'SIGKILL');
  await waitFor('the database answers again', async () => {
    const answer = await db.query('select 1').catch(() => []);
    return server.pid !== pid && answer.length === 1;
  });
  expect(server.url).toBe(url);
  await db.stop();
  await server.stop();
});

it('waits for a data folder that was taken away, and makes no empty one in its place', async () => {
  const failures: string[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void failures.push(line) });
  const server = await startEmbeddedServer({ dataDir, logger, isDurable: false });
  await ask(server.url, 'create table kept as select 42 as answer');
  const folder = join(dataDir, 'postgres');
  await rename(folder, `${folder}.away`);
  process.kill(server.pid, 'SIGKILL');
  await waitFor('the failed start', () => failures.some((line) => line.includes('postgres is gone')));
  expect(existsSync(folder)).toBe(false);
  await rename(`${folder}.away`, folder);
  const answer = await waitFor('the database', () =>
    ask(server.url, 'select answer from kept').catch(() => false as const),
  );
  expect(answer).toEqual([{ answer: 42 }]);
  await server.stop();
});

it('starts beside a pid file whose number belongs to another program now', async () => {
  const before = await start();
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  const text = await readFile(file, 'utf8');
  await before.stop();
  await writeFile(file, text.replace(/^\d+/, String(process.pid)), { mode: 0o600 });
  const after = await start();
  expect(after.adopted).toBe(false);
  expect(await ask(after.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await after.stop();
});

it('works in a folder whose path is too long for a socket', async () => {
  const folder = join(dataDir, 'long'.repeat(30));
  const server = await start(folder);
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  const adopted = await start(folder);
  expect(adopted.url).toBe(server.url);
  await adopted.stop();
  await server.stop();
});

it('says with the server’s own words why it does not start', async () => {
  const server = await start();
  await server.stop();
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '9\n');
  await expect(start()).rejects.toMatchObject({
    code: 'database_start_failed',
    detail: expect.stringContaining('not compatible'),
  });
});

it('is started once by two controllers that start together', async () => {
  const made = await start();
  await made.stop();
  const both = await Promise.all([start(), start()]);
  expect(both[0].pid).toBe(both[1].pid);
  expect(both.filter(({ adopted }) => !adopted)).toHaveLength(1);
  await Promise.all(both.map((server) => server.stop()));
});
