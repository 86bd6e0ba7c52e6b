import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { ageSession } from './age-session.ts';
import { Classroom, type ClassroomOptions, enlist, furnish } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A running room with one active session. */
async function open(database: TestDatabase, template: ClassroomOptions['template'] = {}) {
  const provider = await furnish(database.db, { minimum: 1, template });
  const room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  const [userId = ''] = await enlist(database.db, 1);
  const { id } = await room.begin(userId);
  await room.whenAssigned(id);
  await room.sessions.streamOpened(id);
  return { room, id };
}

/** Twice warned: half a minute later it ends. */
async function whenWarned(room: Classroom, id: string): Promise<void> {
  await waitFor('its user was warned', async () => (await room.sessions.get(id))?.warning === 2);
}

it('ends a session that nobody uses, stream or not', async () => {
  await using database = await server.createDatabase();
  const { room, id } = await open(database, { idle_timeout_s: 600 });
  await using _ = room;
  await ageSession(database.db, id, 599);
  await whenWarned(room, id);
  expect((await room.sessions.get(id))?.state).toBe('active');
  await ageSession(database.db, id, 31);
  expect(await room.whenState(id, 'ended')).toMatchObject({ endReason: 'idle' });
});

it('keeps a session whose keyboard is used', async () => {
  await using database = await server.createDatabase();
  const { room, id } = await open(database, { idle_timeout_s: 600, limit_s: 7_200 });
  await using _ = room;
  await database.db.query(
    `update sessions set assigned_at = assigned_at - interval '1 hour', last_input_at = now() - interval '599 seconds'
     where id = $1`,
    [id],
  );
  await room.sessions.inputSeen(id);
  // The limit comes later than the idleness would have: it shows that the sweep has looked since.
  await ageSession(database.db, id, 200);
  await database.db.query(`update templates set limit_s = 1`);
  await ageSession(database.db, id, 1);
  await whenWarned(room, id);
  await ageSession(database.db, id, 31);
  expect(await room.whenState(id, 'ended')).toMatchObject({ endReason: 'limit' });
});

it('ends a session at its limit, while it is used', async () => {
  await using database = await server.createDatabase();
  const { room, id } = await open(database, { limit_s: 3_600 });
  await using _ = room;
  await ageSession(database.db, id, 3_601);
  await whenWarned(room, id);
  await room.sessions.inputSeen(id);
  await ageSession(database.db, id, 31);
  expect(await room.whenState(id, 'ended')).toMatchObject({ endReason: 'limit', reason: expect.any(String) });
});

it('ends a detached session after its grace', async () => {
  await using database = await server.createDatabase();
  const { room, id } = await open(database, { detach_grace_s: 60 });
  await using _ = room;
  await room.sessions.streamClosed(id);
  expect((await room.sessions.get(id))?.state).toBe('detached');
  await ageSession(database.db, id, 61);
  await whenWarned(room, id);
  await ageSession(database.db, id, 31);
  expect(await room.whenState(id, 'ended')).toMatchObject({ endReason: 'idle' });
});

it('ends a session whose desktop no page ever opened', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  const [userId = ''] = await enlist(database.db, 1);
  const { id } = await room.begin(userId);
  await room.whenAssigned(id);
  await ageSession(database.db, id, 121);
  expect(await room.whenState(id, 'ended')).toMatchObject({
    endReason: 'failed',
    reason: expect.stringMatching('page'),
  });
});

it('detaches a session when the process that relayed its stream has died', async () => {
  await using database = await server.createDatabase();
  const { room, id } = await open(database);
  await using _ = room;
  await database.db.query(
    `update sessions set streams_seen_at = now() - interval '61 seconds' where id = $1`,
    [id],
  );
  await room.whenState(id, 'detached');
});
