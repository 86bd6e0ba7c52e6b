/** A template that was changed: its pool holds desktops of both versions for a while. */
import { serveNext } from '@homeroom/controller/sessions/queue.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { Classroom, enlist, furnish, templateId } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Ready desktops of a version, in the record alone. */
async function stock(db: Database, version: number, count: number): Promise<void> {
  await db.query(
    `insert into desktops (template_id, template_version, provider, state, ready_at)
     select $1, $2, 'simulated', 'ready', now() from generate_series(1, $3)`,
    [templateId, version, count],
  );
}

const versionsSql = `
select d.template_version as version from sessions s join desktops d on d.id = s.desktop_id order by s.created_at`;
const versionsOf = async (db: Database) =>
  (await db.query<{ version: number }>(versionsSql)).map(({ version }) => version);

it('gives desktops of the newest version first, and older ones rather than none', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db);
  await using room = new Classroom({ ...database, provider });
  await stock(db, 1, 2);
  await stock(db, 2, 2);
  await db.query('update templates set version = 2');
  for (const student of await enlist(db, 5)) await room.begin(student);
  expect(await versionsOf(db)).toEqual([2, 2, 1, 1]);
});

it('gives them so to those who claim at the same moment', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db);
  await using room = new Classroom({ ...database, provider });
  await db.query('update templates set version = 2');
  await stock(db, 1, 6);
  await stock(db, 2, 6);
  const students = await enlist(db, 6);
  await Promise.all(students.map((student) => room.begin(student)));
  expect(await versionsOf(db)).toEqual(Array(6).fill(2));
});

it('gives them so to those who waited', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db);
  await using room = new Classroom({ ...database, provider });
  for (const student of await enlist(db, 2)) await room.begin(student);
  await db.query('update templates set version = 2');
  await stock(db, 1, 1);
  await stock(db, 2, 2);
  while (await serveNext(db, templateId));
  expect(await versionsOf(db)).toEqual([2, 2]);
});
