/** Pools with cold desktops: made and stopped, started when they are needed. */
import type { Database } from '@homeroom/controller/store/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, enlist, furnish, templateId } from '../sessions/classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const setPool = (db: Database, columns: string) => db.query(`update pools set ${columns}`);

async function idsOf(db: Database, state: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>('select id from desktops where state = $1 order by id', [
    state,
  ]);
  return rows.map(({ id }) => id);
}

async function whenCounts(room: Classroom, wanted: Readonly<Record<string, number>>): Promise<void> {
  await waitFor(`the pool has ${JSON.stringify(wanted)}`, async () => {
    for (const [state, count] of Object.entries(wanted)) {
      if ((await room.countDesktops(state)) !== count) return false;
    }
    return true;
  });
}

it('fills both levels, and never shows a cold one as ready', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 2, pollsUntilReady: 1 });
  await setPool(db, 'cold_minimum = 3, cold_maximum = 5');
  await using room = new Classroom({ ...database, provider });
  room.start();
  await whenCounts(room, { ready: 2, cold: 3 });
  for (const id of await idsOf(db, 'cold')) {
    expect(await provider.poll(await specOf(db, id), AbortSignal.timeout(1_000))).toMatchObject({
      state: 'cold',
    });
  }
  expect(provider.calls.filter((call) => call.startsWith('cool '))).toHaveLength(3);
});

it('starts cold desktops behind claims before it makes any, then makes cold ones anew', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 2 });
  await setPool(db, 'cold_minimum = 2, cold_maximum = 2');
  await using room = new Classroom({ ...database, provider });
  room.start();
  await whenCounts(room, { ready: 2, cold: 2 });
  const cold = await idsOf(db, 'cold');
  for (const student of await enlist(db, 2)) await room.begin(student);
  await whenCounts(room, { ready: 2, cold: 2, claimed: 2 });
  expect(await idsOf(db, 'ready')).toEqual(cold);
});

it('cools what is warm too many while cold has room, the oldest first, and deletes the rest', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 5 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(5);
  const [oldest, second] = await idsOf(db, 'ready');
  await db.query(`update desktops set ready_at = ready_at - interval '1 hour' where id = any($1)`, [
    [oldest, second],
  ]);
  await setPool(db, 'warm_minimum = 2, cold_maximum = 2');
  room.changes.announce({ kind: 'pool', id: templateId });
  await whenCounts(room, { ready: 2, cold: 2, gone: 1 });
  expect(await idsOf(db, 'cold')).toEqual([oldest, second]);
});

it('serves a queue from cold desktops at a full pool', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 0, maximum: 4 });
  await setPool(db, 'cold_minimum = 2, cold_maximum = 2');
  await using room = new Classroom({ ...database, provider });
  room.start();
  await whenCounts(room, { cold: 2 });
  const sessions = [];
  for (const student of await enlist(db, 4)) sessions.push(await room.begin(student));
  for (const { id } of sessions) await room.whenAssigned(id);
  expect(await room.countDesktops('claimed')).toBe(4);
});

it('gives a desktop up that cannot be started, and the next one serves', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 0 });
  await setPool(db, 'cold_minimum = 1, cold_maximum = 1');
  await using room = new Classroom({ ...database, provider });
  room.start();
  await whenCounts(room, { cold: 1 });
  provider.addFault({ step: 'warm', how: 'fails', times: 1 });
  const [student = ''] = await enlist(db, 1);
  const { id } = await room.begin(student);
  await room.whenAssigned(id);
  const failed = await db.query('select error from desktops where failed_at is not null');
  expect(failed).toEqual([{ error: 'A simulated failure.' }]);
});

async function specOf(db: Database, id: string) {
  const [row] = await db.query<{ ref: unknown }>('select ref from desktops where id = $1', [id]);
  return { id, templateId, settings: {}, kind: null, ref: row?.ref, hostId: null, isAssigned: false };
}

it('replaces a cold desktop that has vanished', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 0 });
  await setPool(db, 'cold_minimum = 1, cold_maximum = 1');
  await using room = new Classroom({ ...database, provider });
  room.start();
  await whenCounts(room, { cold: 1 });
  const [lost = ''] = await idsOf(db, 'cold');
  provider.loseDesktop(lost);
  await db.query(`update desktops set ready_at = now() - interval '1 minute'`);
  await whenCounts(room, { cold: 1, gone: 1 });
  expect(await idsOf(db, 'gone')).toEqual([lost]);
});
