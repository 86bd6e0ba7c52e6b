/** What somebody who waits is told, and what they may do meanwhile. */
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { makeGroup, makeLesson, stock } from '../lessons/school.ts';
import { Classroom, enlist, furnish, seat, templateId } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Desktops of the template that took so many seconds each. */
async function measured(db: Database, seconds: readonly number[]): Promise<void> {
  await db.query(
    `insert into desktops (template_id, provider, state, began_at, ready_at)
     select $1, 'simulated', 'gone', now() - interval '1 hour', now() - interval '1 hour' + make_interval(secs => took)
     from unnest($2::float8[]) took`,
    [templateId, seconds],
  );
}

async function onTheWay(db: Database, ageS: number, error: string | null = null): Promise<void> {
  await db.query(
    `insert into desktops (template_id, provider, state, began_at, deadline_at, error)
     values ($1, 'simulated', 'creating', now() - make_interval(secs => $2), now() + interval '1 hour', $3)`,
    [templateId, ageS, error],
  );
}

it('knows nothing of the wait for a template that was never made', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 0, maximum: 5 });
  await using room = new Classroom({ ...database, provider });
  const [userId = ''] = await enlist(database.db, 1);
  const waiting = await room.begin(userId);
  expect(waiting).toMatchObject({ state: 'waiting', place: 1, estimateS: null, endsAt: null });
  expect(waiting.steps[0]).toMatchObject({ name: 'queued', state: 'now' });
});

it('reckons the wait by the desktops on their way and how long others took', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 0, maximum: 1 });
  await measured(db, [40, 40, 40]);
  await onTheWay(db, 10);
  await using room = new Classroom({ ...database, provider });
  const [one = '', two = ''] = await enlist(db, 2);
  const first = await room.begin(one);
  expect(first.estimateS).toBeGreaterThan(0);
  expect(first.estimateS).toBeLessThanOrEqual(30);
  // The pool has room for one alone, and nobody's end is certain.
  expect((await room.begin(two)).estimateS).toBeNull();
});

it('promises nothing of a desktop that tells what keeps it from being made', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 0, maximum: 1 });
  await measured(db, [40]);
  await onTheWay(db, 1, 'No host has a place.');
  await using room = new Classroom({ ...database, provider });
  const [userId = ''] = await enlist(db, 1);
  expect(await room.begin(userId)).toMatchObject({
    estimateS: null,
    reason: expect.stringMatching(/No host/),
  });
});

it('does not know how long a lesson keeps what stands ready, though the pool has room', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 0, maximum: 5 });
  await measured(db, [1, 1, 1]);
  await stock(db, 1);
  const [outsider = '', member = ''] = await enlist(db, 2);
  const group_id = await makeGroup(db, '7b', [member]);
  await makeLesson(db, { startsInS: 600, endsInS: 3600 }, { group_id });
  await using room = new Classroom({ ...database, provider });
  expect(await room.begin(outsider)).toMatchObject({
    state: 'waiting',
    estimateS: null,
    reason: expect.stringMatching(/kept for a lesson/),
  });
});

it('reckons in waves where few may be made at once', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 0, maximum: 4 });
  await measured(db, [40, 40, 40]);
  await db.query(`insert into provider_limits (provider, at_once) values ('simulated', 1)`);
  await using room = new Classroom({ ...database, provider });
  const estimates: (number | null)[] = [];
  for (const student of await enlist(db, 3)) estimates.push((await room.begin(student)).estimateS);
  expect(estimates).toEqual([40, 80, 120]);
});

it('promises nobody a desktop that is kept for a lesson', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 0, maximum: 1 });
  await measured(db, [40]);
  await onTheWay(db, 1);
  await seat(db, 1);
  const [group] = await db.query<{ id: string }>(`insert into groups (name) values ('Class') returning id`);
  await db.query(
    `insert into lessons (room_id, group_id, template_id, seats, starts_at, ends_at)
     select id, $1, $2, 1, now(), now() + interval '1 hour' from rooms`,
    [group?.id, templateId],
  );
  await using room = new Classroom({ ...database, provider });
  const [other = '', member = ''] = await enlist(db, 2);
  await db.query('insert into group_members (group_id, user_id) values ($1, $2)', [group?.id, member]);
  expect((await room.begin(other)).estimateS).toBeNull();
  expect((await room.begin(member)).estimateS).toBeGreaterThan(0);
});

it('lets a student wait for another template, by the time of the first asking', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 0, maximum: 0 });
  await db.query(`insert into templates (id, name, provider) values ('other', 'Other', 'simulated')`);
  await db.query(`insert into pools (template_id, warm_minimum, maximum) values ('other', 0, 1)`);
  await using room = new Classroom({ ...database, provider });
  const [early = '', late = ''] = await enlist(db, 2);
  const first = await room.begin(early);
  const second = await room.sessions.start({
    userId: late,
    templateId: 'other',
    seatId: null,
    actor: systemActor,
  });
  expect(second.session.place).toBe(1);

  const changed = await room.sessions.changeTemplate(first.id, 'other', systemActor);
  expect(changed).toMatchObject({ id: first.id, template: 'other', place: 1 });
  expect((await room.sessions.get(second.session.id))?.place).toBe(2);
  room.start();
  await room.whenAssigned(first.id);
});

it('changes nothing of a session that has its desktop, or for a template that is unknown', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  const [one = ''] = await enlist(database.db, 1);
  const waiting = await room.begin(one);
  const change = (template: string) => room.sessions.changeTemplate(waiting.id, template, systemActor);
  await expect(change('nonsense')).rejects.toMatchObject({ code: 'template_unknown' });
  room.start();
  await room.whenAssigned(waiting.id);
  await expect(change(templateId)).rejects.toMatchObject({ code: 'session_not_waiting' });
  await room.sessions.end(waiting.id, 'logout', systemActor);
  await expect(change(templateId)).rejects.toMatchObject({ code: 'session_ended' });
});

it('lets nobody wait for what the rules keep from them, and puts who belongs to a lesson first', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 0, maximum: 0 });
  await using room = new Classroom({ ...database, provider });
  const [one = '', two = '', three = ''] = await enlist(db, 3);
  await seat(db, 1);
  await db.query(`insert into templates (id, name, provider) values ('other', 'Other', 'simulated')`);
  const [group] = await db.query<{ id: string }>(`insert into groups (name) values ('Class') returning id`);
  await db.query('insert into group_members (group_id, user_id) values ($1, $2)', [group?.id, two]);
  await db.query(`insert into template_groups (template_id, group_id) values ('other', $1)`, [group?.id]);
  const first = await room.begin(one);
  const second = await room.begin(two);
  const third = await room.begin(three);
  const change = (id: string) => room.sessions.changeTemplate(id, 'other', systemActor);
  await expect(change(first.id)).rejects.toMatchObject({ code: 'template_restricted' });
  expect(await change(second.id)).toMatchObject({ template: 'other', place: 1 });
  await db.query('delete from template_groups');
  await db.query(`insert into quotas (template_id, active_sessions) values ('other', 1)`);
  await expect(change(first.id)).rejects.toMatchObject({ code: 'quota_exceeded' });

  expect((await room.sessions.get(third.id))?.place).toBe(2);
  const [lesson] = await db.query<{ id: string }>(
    `insert into lessons (room_id, group_id, template_id, starts_at, ends_at)
     select id, $1, $2, now(), now() + interval '1 hour' from rooms returning id`,
    [group?.id, templateId],
  );
  await db.query('update sessions set lesson_id = $2 where id = $1', [third.id, lesson?.id]);
  expect((await room.sessions.get(third.id))?.place).toBe(1);
  expect((await room.sessions.get(first.id))?.place).toBe(2);
});
