import { decodePosition, type PageRequest, readPage } from '@homeroom/controller/store/page.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it.each(['oldest-first', 'newest-first'] as const)(
  'walks a list %s, page by page, without a record told twice or left out while others come and go',
  async (order) => {
    await using database = await server.createDatabase();
    const { db } = database;
    // Many of one microsecond: the id decides among them.
    await db.query(`insert into rooms (name, created_at)
      select 'Room ' || n, timestamptz '2026-01-01 00:00:00.123456Z' + (n / 4) * interval '1 microsecond'
      from generate_series(1, 23) n`);
    const all = (await db.query<{ name: string }>('select name from rooms')).map(({ name }) => name);
    const seen: string[] = [];
    let page: PageRequest = { limit: 5, after: null };
    for (let pages = 0; pages < 10; pages += 1) {
      const read = await readPage<{ name: string }, string>(db, {
        sql: 'select id, created_at, name from rooms',
        page,
        order,
        toItem: ({ name }) => name,
      });
      seen.push(...read.items);
      // What was told already may go; what comes at the other end is told or not, but breaks nothing.
      await db.query('delete from rooms where name = $1', [read.items[0]]);
      if (read.next === null) break;
      page = { limit: 5, after: decodePosition(read.next) };
    }
    expect(seen).toHaveLength(23);
    expect(new Set(seen)).toEqual(new Set(all));
  },
);
