import { UsageReader } from '@homeroom/controller/quotas/usage-reader.ts';
import { claim } from '@homeroom/controller/sessions/claim.ts';
import { endSession } from '@homeroom/controller/sessions/end-session.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { enlist, furnish, templateId } from '../sessions/classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const start = (db: Database, userId: string) =>
  claim(db, { userId, templateId, seatId: null, actor: systemActor });

/** A school of which the week began hours ago, whenever the test runs: it lies where it is Wednesday noon now. */
async function classOf(db: Database, students: number): Promise<string[]> {
  await furnish(db);
  await db.query(`create or replace function school_week(out begins_at timestamptz, out ends_at timestamptz)
    language sql stable as $$ select now() - interval '60 hours', now() + interval '108 hours' $$`);
  await db.query(
    `insert into desktops (template_id, provider, state, ready_at)
     select $1, 'simulated', 'ready', now() from generate_series(1, 10)`,
    [templateId],
  );
  return await enlist(db, students);
}

/** Somebody had a desktop for so many hours, which ended some hours ago. */
async function use(
  db: Database,
  userId: string,
  { hours, endedHoursAgo }: Record<string, number>,
): Promise<void> {
  const { id, desktop_id } = await start(db, userId);
  await endSession(db, { id, endReason: 'logout', reason: null, actor: systemActor });
  await db.query(
    `with s as (update sessions set ended_at = now() - make_interval(hours => $2) where id = $1)
     update desktops set claimed_at = now() - make_interval(hours => $2 + $3) where id = $4`,
    [id, endedHoursAgo, hours, desktop_id],
  );
}

it.each(['UTC', 'Pacific/Auckland', 'America/St_Johns'])(
  'begins a week on Monday by the clocks of %s',
  async (zone) => {
    await using database = await server.createDatabase();
    const { db } = database;
    await db.query(`insert into settings (key, value) values ('time-zone', to_jsonb($1::text))`, [zone]);
    const sql = `select extract(isodow from b)::integer as day, to_char(b, 'HH24:MI') as time, begins_at <= now() and now() < ends_at as "isNow"
    from school_week(), lateral (select begins_at at time zone $1 as b) there`;
    expect(await db.query(sql, [zone])).toEqual([{ day: 1, time: '00:00', isNow: true }]);
  },
);

it('refuses who has used their hours of this week, says when they begin anew, and nobody else', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const [ana = '', ben = ''] = await classOf(db, 2);
  await use(db, ana, { hours: 3, endedHoursAgo: 10 });
  await db.query('insert into quotas (template_id, hours_per_week) values ($1, 3)', [templateId]);

  await expect(start(db, ana)).rejects.toMatchObject({
    code: 'quota_exceeded',
    message: expect.stringMatching(/3 hours a week, and you used 3 hours\. Your hours begin anew on /),
  });
  expect((await start(db, ben)).state).toBe('starting');
});

it('gives a desktop for the hours that are left', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const [ana = ''] = await classOf(db, 1);
  await use(db, ana, { hours: 2, endedHoursAgo: 1 });
  await db.query('insert into quotas (user_id, hours_per_week) values ($1, 3)', [ana]);

  const { id } = await start(db, ana);

  const [row] = await db.query<{ limit_s: number }>('select limit_s from sessions where id = $1', [id]);
  expect(row?.limit_s).toBeGreaterThan(3_500);
  expect(row?.limit_s).toBeLessThanOrEqual(3_600);
});

it('counts of a session what lies in this week alone, and tells it to its user', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const [ana = ''] = await classOf(db, 1);
  await use(db, ana, { hours: 10, endedHoursAgo: 58 });
  await use(db, ana, { hours: 5, endedHoursAgo: 100 });
  await db.query('insert into quotas (template_id, hours_per_week) values ($1, 4)', [templateId]);

  const usage = await new UsageReader({ db }).of(ana);

  expect(usage?.hoursUsed).toBeCloseTo(2, 1);
  expect(usage?.limits).toMatchObject([{ scope: 'Everybody with Simulated', hoursPerWeek: 4, sessions: 0 }]);
  expect((await start(db, ana)).state).toBe('starting');
});
