import { openDatabase } from '@homeroom/controller/store/database.ts';
import { migrate } from '@homeroom/controller/store/migrate.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const more = [{ name: '9001-more', sql: 'create table more (id int)' }];

it('finds nothing to do on a database that is up to date', async () => {
  await using database = await server.createDatabase();
  expect(await migrate(database.db)).toEqual({ applied: [] });
});

it('is applied once by four controllers that start together', async () => {
  await using database = await server.createDatabase();
  await database.db.query('drop schema public cascade; create schema public');
  const controllers = await Promise.all(
    Array.from({ length: 4 }, () =>
      openDatabase({ url: database.url, maxConnections: 1, logger: silentLogger }),
    ),
  );
  const results = await Promise.all(controllers.map((db) => migrate(db, more)));
  expect(results.flatMap(({ applied }) => applied)).toEqual(['9001-more']);
  await Promise.all(controllers.map((db) => db.stop()));
});

it('refuses a database that a newer version has used', async () => {
  await using database = await server.createDatabase();
  await database.db.query(`insert into migrations (name) values ('9999-from-the-future')`);
  await expect(migrate(database.db)).rejects.toMatchObject({
    code: 'database_too_new',
    detail: expect.stringContaining('9999-from-the-future'),
  });
});

it('leaves the schema as it was when one of several fails', async () => {
  await using database = await server.createDatabase();
  await database.db.query('drop schema public cascade; create schema public');
  const broken = [...more, { name: '9002-broken', sql: 'create table (' }];
  await expect(migrate(database.db, broken)).rejects.toThrow('syntax error');
  expect(await database.db.query(`select from pg_tables where tablename = 'more'`)).toEqual([]);
  expect(await migrate(database.db, more)).toEqual({ applied: ['9001-more'] });
});
