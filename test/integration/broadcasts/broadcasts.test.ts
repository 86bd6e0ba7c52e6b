import { BroadcastSweeper } from '@homeroom/controller/broadcasts/broadcast-sweeper.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { TestSchool } from './school.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A room of three seats; at the first sits a student with a desktop, and the teacher has one outside. */
async function setUp(database: Awaited<ReturnType<TestServer['createDatabase']>>) {
  const school = new TestSchool(database.db);
  const { id: roomId, places } = await school.room('Lab', 3);
  const teacher = await school.person('ada', 'teacher');
  const student = await school.person('grace', 'student');
  const [first] = places;
  const own = await school.session(teacher);
  const pupils = await school.session(student, first?.seatId ?? null);
  const start = (sessionId: string, seats?: string[]) =>
    school.broadcasts.start({ roomId, sessionId, seats, forS: 600, actor: school.actorOf(teacher) });
  return { school, roomId, places, own, pupils, start };
}

it('is shown at every seat of the room, and told with whose desktop it is', async () => {
  await using database = await server.createDatabase();
  const { school, roomId, places, own, start } = await setUp(database);
  const started = await start(own);
  expect(started).toMatchObject({
    room: roomId,
    session: own,
    username: 'ada',
    displayName: 'Ms ada',
    startedBy: 'Ms ada',
    endedAt: null,
    endReason: null,
    seats: places.map(({ seatId }) => ({ seat: seatId, isWatching: false })),
  });
  expect(Date.parse(started.expiresAt) - Date.parse(started.startedAt)).toBe(600_000);
  expect(await school.broadcasts.currentOf(roomId)).toEqual(started);
  expect(school.changes.heard).toEqual([`broadcast ${started.id}`, `session ${own}`]);
});

it('leaves out the seat of the desktop itself', async () => {
  await using database = await server.createDatabase();
  const { places, pupils, start } = await setUp(database);
  const { seats } = await start(pupils);
  expect(seats.map(({ seat }) => seat)).toEqual(places.slice(1).map(({ seatId }) => seatId));
});

it('is for some seats where that is said, and for those of its room alone', async () => {
  await using database = await server.createDatabase();
  const { school, places, own, start } = await setUp(database);
  const second = places[1];
  const started = await start(own, [second?.seatId ?? '']);
  expect(started.seats).toEqual([{ seat: second?.seatId, isWatching: false }]);
  const isFor = (index: number) => school.broadcasts.isFor(started.id, places[index]?.deviceId ?? '');
  expect([await isFor(0), await isFor(1)]).toEqual([false, true]);
  const elsewhere = await school.room('Hall', 1);
  await expect(start(own, [elsewhere.places[0]?.seatId ?? ''])).rejects.toMatchObject({
    code: 'seat_unknown',
  });
});

it('replaces what was shown in the room', async () => {
  await using database = await server.createDatabase();
  const { school, roomId, own, pupils, start } = await setUp(database);
  const first = await start(own);
  const second = await start(pupils);
  expect((await school.broadcasts.get(first.id))?.endReason).toBe('replaced');
  expect((await school.broadcasts.currentOf(roomId))?.id).toBe(second.id);
});

it('is one per room, of ten that start at once', async () => {
  await using database = await server.createDatabase();
  const { school, own, start } = await setUp(database);
  await Promise.all(Array.from({ length: 10 }, () => start(own)));
  const live = await school.db.query('select id from broadcasts where ended_at is null');
  expect(live).toHaveLength(1);
});

it('ends when it is stopped, once', async () => {
  await using database = await server.createDatabase();
  const { school, roomId, own, start } = await setUp(database);
  const { id } = await start(own);
  const actor = school.actorOf(await school.person('eve', 'teacher'));
  await school.broadcasts.stop(id, actor);
  await school.broadcasts.stop(id, actor);
  expect(await school.broadcasts.get(id)).toMatchObject({ endReason: 'stopped' });
  expect(await school.broadcasts.currentOf(roomId)).toBeUndefined();
  const audit = await school.db.query<{ action: string }>('select action from audit_log order by id');
  expect(audit.map(({ action }) => action)).toEqual(['broadcast.start', 'broadcast.end']);
});

it('is over by its time and with its desktop before anybody has written that down', async () => {
  await using database = await server.createDatabase();
  const { school, roomId, own, pupils, start } = await setUp(database);
  const late = await start(own);
  await school.ageBroadcast(late.id, 601);
  expect(await school.broadcasts.currentOf(roomId)).toBeUndefined();
  expect((await school.broadcasts.get(late.id))?.endReason).toBe('expired');
  const sourceless = await start(pupils);
  await school.endSession(pupils);
  expect(await school.broadcasts.currentOf(roomId)).toBeUndefined();
  expect((await school.broadcasts.get(sourceless.id))?.endReason).toBe('source-ended');
});

it('needs a desktop that is there', async () => {
  await using database = await server.createDatabase();
  const { school, pupils, start } = await setUp(database);
  await school.endSession(pupils);
  await expect(start(pupils)).rejects.toMatchObject({ code: 'session_ended' });
});

it('is written down as over when its desktop ends, and when its time is over, and then told', async () => {
  await using database = await server.createDatabase();
  const { school, own, pupils, start } = await setUp(database);
  const hall = await school.room('Hall', 1);
  const { changes, db } = school;
  const sweeper = new BroadcastSweeper({ db, changes, logger: silentLogger });
  sweeper.start();
  try {
    const sourced = await start(pupils);
    const actor = school.actorOf(await school.person('eve', 'teacher'));
    const brief = await school.broadcasts.start({ roomId: hall.id, sessionId: own, forS: 1, actor });
    const reasonOf = async (id: string) => {
      const sql = 'select end_reason from broadcasts where id = $1';
      const [row] = await db.query<{ end_reason: string | null }>(sql, [id]);
      return row?.end_reason;
    };
    await waitFor('the brief one has expired', async () => (await reasonOf(brief.id)) === 'expired');
    changes.heard.length = 0;
    await school.endSession(pupils);
    changes.announce({ kind: 'session', id: pupils });
    await waitFor('its desktop has ended', async () => (await reasonOf(sourced.id)) === 'source-ended');
    await waitFor('that is told', () => changes.heard.includes(`broadcast ${sourced.id}`));
  } finally {
    await sweeper.stop();
  }
});

it('tells which seats watch, and forgets those that nobody tells of any more', async () => {
  await using database = await server.createDatabase();
  const { school, places, own, start } = await setUp(database);
  const { id } = await start(own);
  const second = places[1];
  const view = { sessionId: own, purpose: 'broadcast', broadcastId: id, userId: null } as const;
  const opened = await school.views.open({ ...view, deviceId: second?.deviceId ?? '' });
  expect(opened.endsInMs).toBeGreaterThan(500_000);
  const watching = async () =>
    (await school.broadcasts.get(id))?.seats.filter(({ isWatching }) => isWatching).map(({ seat }) => seat);
  expect(await watching()).toEqual([second?.seatId]);
  await school.db.query(`update stream_views set expires_at = now() - interval '1 second'`);
  expect(await watching()).toEqual([]);
  await school.broadcasts.stop(id, school.actorOf(await school.person('eve', 'teacher')));
  await expect(school.views.open({ ...view, deviceId: second?.deviceId ?? '' })).rejects.toMatchObject({
    code: 'broadcast_over',
  });
});
