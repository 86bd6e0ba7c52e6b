import { claim } from '@homeroom/controller/sessions/claim.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { HomeroomError } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { enlist, furnish, templateId } from '../sessions/classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const quotas = [
  ['the sessions of a group', 'insert into quotas (group_id, active_sessions) select id, 10 from groups'],
  [
    'the sessions of a template',
    `insert into quotas (template_id, active_sessions) values ('${templateId}', 10)`,
  ],
  ['the desktops of a group', 'insert into quotas (group_id, total_desktops) select id, 10 from groups'],
] as const;

it.each(quotas)('lets 10 of 50 through who claim at once from two processes, by %s', async (_, sql) => {
  await using database = await server.createDatabase({ maxConnections: 12 });
  const { db, url } = database;
  await using other = await connect(url);
  await furnish(db);
  await stock(db, 60);
  const students = await enlist(db, 50);
  await db.query(`with g as (insert into groups (name) values ('7b') returning id)
    insert into group_members (group_id, user_id) select g.id, u.id from g, users u`);
  await db.query(sql);

  const outcomes = await Promise.all(
    students.map((userId, index) => outcomeOf(index % 2 === 0 ? db : other.db, userId)),
  );

  expect(outcomes.filter((outcome) => outcome === 'starting')).toHaveLength(10);
  expect(outcomes.filter((outcome) => outcome === 'quota_exceeded')).toHaveLength(40);
  const [count] = await db.query<{ n: number }>(`select count(*) as n from desktops where state = 'claimed'`);
  expect(count?.n).toBe(10);
});

async function connect(url: string) {
  const db = await openDatabase({ url, maxConnections: 12, logger: silentLogger });
  return { db, [Symbol.asyncDispose]: () => db.stop() };
}

async function outcomeOf(db: Database, userId: string): Promise<string> {
  try {
    return (await claim(db, { userId, templateId, seatId: null, actor: systemActor })).state;
  } catch (caught) {
    if (caught instanceof HomeroomError) return caught.code;
    throw caught;
  }
}

async function stock(db: Database, count: number): Promise<void> {
  await db.query(
    `insert into desktops (template_id, provider, state, ready_at)
     select $1, 'simulated', 'ready', now() from generate_series(1, $2)`,
    [templateId, count],
  );
}
