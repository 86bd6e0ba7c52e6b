import { openDatabase } from '@homeroom/controller/store/database.ts';
import { violationOf } from '@homeroom/controller/store/database-errors.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('gives counts as numbers and times as dates', async () => {
  await using database = await server.createDatabase();
  const rows = await database.db.query(
    `select 9007199254740991::bigint as n, '2026-01-02T03:04:05Z'::timestamptz as t`,
  );
  expect(rows).toEqual([{ n: 9_007_199_254_740_991, t: new Date('2026-01-02T03:04:05Z') }]);
});

it('undoes a transaction whose body throws, and throws that', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const attempt = db.transaction(async (tx) => {
    await tx.query(`insert into rooms (name) values ('Gone')`);
    throw new RangeError('on purpose');
  });
  await expect(attempt).rejects.toThrow('on purpose');
  expect(await db.query('select from rooms')).toEqual([]);
});

it('names the constraint that a statement broke', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await db.query(`insert into rooms (name) values ('Room 1')`);
  const caught = await db
    .query(`insert into rooms (name) values ('Room 1')`)
    .catch((error: unknown) => error);
  expect(violationOf(caught)).toEqual({ kind: 'unique', constraint: 'rooms_name_key' });
});

it('says database_unavailable when there is no server', async () => {
  const url = 'postgres://homeroom@/homeroom?host=/nonexistent';
  const attempt = openDatabase({ url, maxConnections: 1, logger: silentLogger });
  await expect(attempt).rejects.toMatchObject({ code: 'database_unavailable' });
});

it('says database_unavailable when its connection is cut, and is whole again by itself', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const sleeping = db.query('select pg_sleep(10)').catch((error: unknown) => error);
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity
    where pid <> pg_backend_pid() and datname = current_database() and query like '%pg_sleep(10)%'`;
  await waitFor('the sleeper was cut', async () => (await db.query(cut)).length > 0);
  expect(await sleeping).toMatchObject({ code: 'database_unavailable' });
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
});

it('survives the loss of its connection between two statements of a transaction', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const attempt = db.transaction(async (tx) => {
    const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await db.query('select pg_terminate_backend($1)', [row?.pid]);
    await tx.query(`insert into rooms (name) values ('Never')`);
  });
  await expect(attempt).rejects.toMatchObject({ code: 'database_unavailable' });
  expect(await db.query('select from rooms')).toEqual([]);
});

it('logs the loss of an idle connection without what pg hangs on it', async () => {
  await using database = await server.createDatabase();
  const lines: string[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  const db = await openDatabase({ url: database.url, maxConnections: 1, logger });
  const [row] = await db.query<{ pid: number }>('select pg_backend_pid() as pid');
  await database.db.query('select pg_terminate_backend($1)', [row?.pid]);
  const line = await waitFor('the line', () => lines.find((one) => one.includes('idle database connection')));
  expect(line).toContain('terminating connection');
  expect(line).not.toContain('secretKey');
  await db.stop();
});
