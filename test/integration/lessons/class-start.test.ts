import { Pools } from '@homeroom/controller/desktops/pools.ts';
import { claim } from '@homeroom/controller/sessions/claim.ts';
import { serveNext } from '@homeroom/controller/sessions/queue.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { Classroom, enlist, furnish, templateId } from '../sessions/classroom.ts';
import { makeGroup, makeLesson, stock } from './school.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const start = (db: Database, userId: string) =>
  claim(db, { userId, templateId, seatId: null, actor: systemActor });

it('has a desktop ready for each of a class of 30 before its lesson begins, beside the pool’s own', async () => {
  await using database = await server.createDatabase();
  const { db, url } = database;
  await using classroom = new Classroom({
    db,
    url,
    provider: await furnish(db, { minimum: 2, maximum: 40 }),
  });
  const group = await makeGroup(db, '7b', await enlist(db, 30));
  classroom.start();
  await classroom.whenReady(2);

  await makeLesson(db, { startsInS: 600, endsInS: 3600 }, { group_id: group, lead_s: 900 });

  await classroom.whenReady(32);
});

it('keeps a lesson’s share: others wait and are told why, members go first', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  await stock(db, 4);
  const [one = '', other = '', late = '', ...members] = await enlist(db, 6);
  const group = await makeGroup(db, '7b', members);
  await makeLesson(db, { startsInS: 600, endsInS: 3600 }, { group_id: group });

  expect((await start(db, one)).state).toBe('starting');
  const held = await start(db, other);
  expect([held.state, held.reason]).toEqual(['waiting', expect.stringContaining('kept for a lesson')]);
  expect(await serveNext(db, templateId)).toBeUndefined();
  for (const member of members) expect((await start(db, member)).state).toBe('starting');

  // The class is complete: what is there now is anybody's, in the order of the queue.
  expect((await start(db, late)).state).toBe('waiting');
  await stock(db, 1);
  expect((await serveNext(db, templateId))?.user_id).toBe(other);
});

it('serves who waits for a lesson before whoever waited longer', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  const [outsider = '', member = ''] = await enlist(db, 2);
  await makeLesson(db, { startsInS: 0, endsInS: 3600 }, { group_id: await makeGroup(db, '7b', [member]) });
  await start(db, outsider);
  await start(db, member);
  await stock(db, 2);

  expect((await serveNext(db, templateId))?.user_id).toBe(member);
  expect((await serveNext(db, templateId))?.user_id).toBe(outsider);
});

it('never takes the last of a lesson’s desktops for others, however many ask at once', async () => {
  await using database = await server.createDatabase({ maxConnections: 20 });
  const { db } = database;
  await furnish(db);
  await stock(db, 25);
  const [...students] = await enlist(db, 60);
  const members = students.slice(0, 20);
  await makeLesson(db, { startsInS: 60, endsInS: 3600 }, { group_id: await makeGroup(db, '7b', members) });

  const outsiders = await Promise.all(students.slice(20).map((userId) => start(db, userId)));
  expect(outsiders.filter(({ state }) => state === 'starting').length).toBeLessThanOrEqual(5);
  const class7b = await Promise.all(members.map((userId) => start(db, userId)));
  expect(class7b.every(({ state }) => state === 'starting')).toBe(true);
});

it('wants nothing before the lead, after the end, and when it is cancelled', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  const group_id = await makeGroup(db, '7b', await enlist(db, 3));
  await makeLesson(db, { startsInS: 1000, endsInS: 3600 }, { group_id });
  await makeLesson(db, { startsInS: -1000, endsInS: -10 }, { group_id });
  await makeLesson(db, { startsInS: 0, endsInS: 3600 }, { group_id, cancelled_at: new Date() });
  expect(await db.query('select * from lesson_demand')).toEqual([]);

  await makeLesson(db, { startsInS: 800, endsInS: 3600 }, { group_id, seats: 7 });
  expect(await db.query('select wanted from lesson_demand')).toEqual([{ wanted: 7 }]);
  expect((await new Pools({ db }).get(templateId))?.lessons).toBe(7);
});
