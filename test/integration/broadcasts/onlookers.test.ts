import { BroadcastSweeper } from '@homeroom/controller/broadcasts/broadcast-sweeper.ts';
import { SessionReader } from '@homeroom/controller/sessions/session-reader.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { TestSchool } from './school.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function setUp(database: Awaited<ReturnType<TestServer['createDatabase']>>) {
  const school = new TestSchool(database.db);
  const { id: roomId, places } = await school.room('Lab', 2);
  const ada = await school.person('ada', 'teacher');
  const eve = await school.person('eve', 'teacher');
  await school.giveRoom(roomId, ada);
  const grace = await school.person('grace', 'student');
  const session = await school.session(grace, places[0]?.seatId);
  const view = (purpose: 'watch' | 'control', userId: string) =>
    school.views.open({ sessionId: session, purpose, userId, broadcastId: null, deviceId: null });
  return { school, roomId, places, ada, eve, grace, session, view };
}

it('lets teachers of the room and admins look, and nobody else', async () => {
  await using database = await server.createDatabase();
  const { school, ada, eve, grace, session } = await setUp(database);
  const admin = await school.person('root', 'admin');
  const other = await school.person('other', 'student');
  const may = await Promise.all(
    [ada, admin, eve, grace, other].map((who) => school.rule.mayLook(who, session)),
  );
  expect(may).toEqual([true, true, false, false, false]);
  await school.db.query('update users set disabled_at = now() where id = $1', [ada]);
  expect(await school.rule.mayLook(ada, session)).toBe(false);
});

it('lets teachers look at students outside of all rooms, and not at each other or at admins', async () => {
  await using database = await server.createDatabase();
  const { school, roomId, ada, eve, places } = await setUp(database);
  const outside = await school.session(await school.person('other', 'student'));
  const own = await school.session(ada);
  const eves = await school.session(eve, places[1]?.seatId);
  const admins = await school.session(await school.person('root', 'admin'));
  await school.giveRoom(roomId, eve);
  const may = await Promise.all([outside, own, eves, admins].map((id) => school.rule.mayLook(ada, id)));
  expect(may).toEqual([true, true, false, false]);
});

it('names who looks in the session, once, and takes them away when they leave', async () => {
  await using database = await server.createDatabase();
  const { school, ada, eve, session, view } = await setUp(database);
  const reader = new SessionReader(school.db);
  const names = async () => (await reader.get(session))?.onlookers?.map(({ displayName }) => displayName);
  expect(await names()).toEqual([]);
  const first = await view('watch', ada);
  const again = await view('watch', ada);
  const second = await view('watch', eve);
  expect(await names()).toEqual(['Ms ada', 'Ms eve']);
  expect((await school.onlookers.ofSessions([session])).get(session)).toEqual(
    (await reader.get(session))?.onlookers,
  );
  for (const { id } of [first, again, second]) await school.views.close(id);
  expect(await names()).toEqual([]);
  expect(school.changes.heard).toEqual(Array.from({ length: 6 }, () => `session ${session}`));
});

it('forgets who nobody tells of any more', async () => {
  await using database = await server.createDatabase();
  const { school, ada, session, view } = await setUp(database);
  await view('watch', ada);
  await school.db.query(`update stream_views set expires_at = now() - interval '1 second'`);
  expect((await new SessionReader(school.db).get(session))?.onlookers).toEqual([]);
});

it('tells a session that somebody looks no more whose process died', async () => {
  await using database = await server.createDatabase();
  const { school, ada, session, view } = await setUp(database);
  await view('control', ada);
  await school.db.query(`update stream_views set expires_at = now() - interval '1 second'`);
  school.changes.heard.length = 0;
  const sweeper = new BroadcastSweeper({ db: school.db, changes: school.changes, logger: silentLogger });
  sweeper.start();
  try {
    await waitFor('that is told', () => school.changes.heard.includes(`session ${session}`));
    expect(await school.db.query('select from stream_views')).toHaveLength(0);
  } finally {
    await sweeper.stop();
  }
});

it('gives keyboard and mouse to one at a time', async () => {
  await using database = await server.createDatabase();
  const { school, ada, eve, session, view } = await setUp(database);
  const held = await view('control', ada);
  await expect(view('control', eve)).rejects.toMatchObject({ code: 'control_taken' });
  expect(await school.views.holderOf(session)).toEqual({ id: ada, displayName: 'Ms ada' });
  const onlookers = (await new SessionReader(school.db).get(session))?.onlookers;
  expect(onlookers).toMatchObject([{ displayName: 'Ms ada', isInControl: true }]);
  await school.views.close(held.id);
  await view('control', eve);
});

it('gives them to one of ten who ask at once', async () => {
  await using database = await server.createDatabase();
  const { school, view } = await setUp(database);
  const teachers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => school.person(`teacher${index}`, 'teacher')),
  );
  const asked = await Promise.allSettled(teachers.map((teacher) => view('control', teacher)));
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('frees what a lost connection held, when nobody renews it', async () => {
  await using database = await server.createDatabase();
  const { school, ada, eve, view } = await setUp(database);
  const held = await view('control', ada);
  await school.db.query(`update stream_views set expires_at = now() - interval '1 second'`);
  const taken = await view('control', eve);
  expect(await school.views.renew([held.id, taken.id])).toEqual(new Set([taken.id]));
});

it('lets who holds them take them along to a new stream; the old one stands no more', async () => {
  await using database = await server.createDatabase();
  const { school, ada, view } = await setUp(database);
  const old = await view('control', ada);
  const fresh = await view('control', ada);
  expect(await school.views.renew([old.id, fresh.id])).toEqual(new Set([fresh.id]));
});

it('tells a desktop’s user in which room it is shown', async () => {
  await using database = await server.createDatabase();
  const { school, roomId, ada, session } = await setUp(database);
  const reader = new SessionReader(school.db);
  const actor = school.actorOf(ada);
  const { id } = await school.broadcasts.start({ roomId, sessionId: session, forS: 60, actor });
  expect((await reader.get(session))?.shownIn).toBe('Lab');
  await school.broadcasts.stop(id, actor);
  expect((await reader.get(session))?.shownIn).toBeNull();
});
