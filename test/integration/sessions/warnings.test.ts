import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Session } from '@homeroom/protocol';
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
  const age = (seconds: number) => ageSession(database.db, id, seconds);
  return { room, id, age };
}

async function whenWarned(room: Classroom, id: string, warning: number): Promise<Session> {
  return await waitFor(`${warning} warnings were told`, async () => {
    const session = await room.sessions.get(id);
    return session?.warning === warning && session;
  });
}

it('warns five minutes and one minute before it ends, and tells the pages each time', async () => {
  await using database = await server.createDatabase();
  const { room, id, age } = await open(database, { idle_timeout_s: 3_600 });
  await using _ = room;
  let heard = 0;
  room.changes.subscribe((change) => {
    if (change.kind === 'session' && change.id === id) heard += 1;
  });
  const isHeardAfter = async (work: () => Promise<unknown>) => {
    const seen = heard;
    await work();
    await waitFor('the pages hear of it', () => heard > seen);
  };

  await isHeardAfter(() => age(3_600 - 290));
  expect(await whenWarned(room, id, 1)).toMatchObject({ state: 'active', endsBy: 'idle', mayKeep: true });
  await isHeardAfter(() => age(240));
  await whenWarned(room, id, 2);
  await age(51);
  expect(await room.whenState(id, 'ended')).toMatchObject({ endReason: 'idle' });
});

it('lets a session that nobody could be warned of go on for half a minute', async () => {
  await using database = await server.createDatabase();
  const { room, id, age } = await open(database, { limit_s: 3_600 });
  await using _ = room;
  await age(10_000);
  const warned = await whenWarned(room, id, 2);
  const [told] = await database.db.query<{ left: number }>(
    'select extract(epoch from $1::timestamptz - now())::float8 as left',
    [warned.endsAt],
  );
  expect(told?.left).toBeGreaterThan(0);
  expect(told?.left).toBeLessThanOrEqual(30);
});

it('takes a warning of idleness back when somebody types', async () => {
  await using database = await server.createDatabase();
  const { room, id, age } = await open(database, { idle_timeout_s: 3_600 });
  await using _ = room;
  await age(3_590);
  await whenWarned(room, id, 2);
  await room.sessions.inputSeen(id);
  await whenWarned(room, id, 0);
  await waitFor('the record says so too', async () => {
    const [row] = await database.db.query<{ warnings: number; warned_end_at: Date | null }>(
      'select warnings, warned_end_at from sessions where id = $1',
      [id],
    );
    return row?.warnings === 0 && row.warned_end_at === null;
  });
});

it('keeps a desktop for its student, as long as its idle time again', async () => {
  await using database = await server.createDatabase();
  const { room, id, age } = await open(database, { idle_timeout_s: 3_600 });
  await using _ = room;
  await age(3_590);
  await whenWarned(room, id, 2);
  const kept = await room.sessions.keep(id, { userId: null, username: 'pupil1', address: null });
  expect(kept).toMatchObject({ state: 'active', warning: 0 });
  await age(3_000);
  expect((await room.sessions.get(id))?.warning).toBe(0);
  const [entry] = await database.db.query<{ actor: string }>(
    `select actor from audit_log where action = 'session.keep' and subject = $1`,
    [id],
  );
  expect(entry).toEqual({ actor: 'pupil1' });
});

it('does not keep a desktop past its hard limit, nor where its template forbids it', async () => {
  await using database = await server.createDatabase();
  const { room, id } = await open(database, { limit_s: 3_600, idle_timeout_s: 7_200 });
  await using _ = room;
  const keep = () => room.sessions.keep(id, systemActor);
  await expect(keep()).rejects.toMatchObject({ code: 'keep_not_allowed' });
  await database.db.query('update templates set limit_s = null');
  await expect(keep()).resolves.toMatchObject({ endsBy: 'idle' });
  await database.db.query('update templates set may_keep = false');
  await expect(keep()).rejects.toMatchObject({ code: 'keep_not_allowed' });
  await room.sessions.end(id, 'logout', systemActor);
  await expect(keep()).rejects.toMatchObject({ code: 'session_ended' });
});

it('goes on with the warnings of a process that died', async () => {
  await using database = await server.createDatabase();
  const { room, id, age } = await open(database, { idle_timeout_s: 3_600 });
  await age(3_600 - 290);
  const first = await whenWarned(room, id, 1);
  await room[Symbol.asyncDispose]();
  await using next = new Classroom({ ...database, provider: room.provider });
  next.start();
  await age(240);
  const second = await whenWarned(next, id, 2);
  // By as much as the clock was turned; a look that came late has put the end off.
  const earlierMs = Date.parse(first.endsAt ?? '') - Date.parse(second.endsAt ?? '');
  expect(earlierMs).toBeLessThanOrEqual(240_000);
  expect(earlierMs).toBeGreaterThan(180_000);
});

it('finds those that are due by an index, among ten thousand quiet sessions', async () => {
  await using database = await server.createDatabase();
  const { room, id, age } = await open(database, { idle_timeout_s: 3_600 });
  await using _ = room;
  await database.db.query(
    `with people as (
       insert into users (username, display_name, role, account)
       select 'quiet' || n, 'Quiet', 'student', 'quiet' || n from generate_series(1, 10000) n returning id
     ), numbered as (select id, gen_random_uuid() as desktop from people), made as (
       insert into desktops (id, template_id, provider, state, claimed_at, look_again_at)
       select desktop, 'simulated', 'simulated', 'claimed', now(), now() + interval '1 day' from numbered returning id
     )
     insert into sessions (user_id, template_id, desktop_id, state, assigned_at, last_input_at, streams_seen_at, sweep_at)
     select numbered.id, 'simulated', desktop, 'active', now(), now(), now(), now() + interval '1 minute'
     from numbered join made on made.id = numbered.desktop`,
  );
  await database.db.query('analyze');
  await age(3_590);
  await whenWarned(room, id, 2);
  const plan = await database.db.query<{ 'QUERY PLAN': string }>(
    `explain select id from sessions where state <> 'ended' and sweep_at <= now() order by sweep_at limit 500`,
  );
  expect(JSON.stringify(plan)).toContain('sessions_sweep');
});
