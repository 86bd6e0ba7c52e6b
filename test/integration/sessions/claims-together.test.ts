import { randomUUID } from 'node:crypto';
import type { ClaimRequest } from '@homeroom/controller/sessions/claim.ts';
import { claimMany } from '@homeroom/controller/sessions/claim-many.ts';
import { gatherClaims } from '@homeroom/controller/sessions/gathered-claims.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { enlist, furnish, seat, templateId } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const ask = (userId: string, more: Partial<ClaimRequest> = {}): ClaimRequest => ({
  userId,
  templateId,
  seatId: null,
  actor: systemActor,
  ...more,
});

/** Ready desktops, in the record alone. */
async function stock(db: Database, count: number, template = templateId): Promise<void> {
  await db.query(
    `insert into desktops (template_id, provider, state, ready_at)
     select $1, 'simulated', 'ready', now() from generate_series(1, $2)`,
    [template, count],
  );
}

async function claimedCount(db: Database): Promise<number | undefined> {
  const [row] = await db.query<{ n: number }>(`select count(*) as n from desktops where state = 'claimed'`);
  return row?.n;
}

it('serves 200 starts at once from 150 desktops of two templates without a double', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  await db.query(`insert into templates (id, name, provider) values ('other', 'Other', 'simulated')`);
  await stock(db, 50);
  await stock(db, 100, 'other');
  const claims = gatherClaims(db);

  const rows = await Promise.all(
    (await enlist(db, 200)).map((id, at) => claims.claim(ask(id, at % 2 ? { templateId: 'other' } : {}))),
  );

  const served = rows.filter(({ state }) => state === 'starting');
  expect(served.filter((row) => row.template_id === templateId)).toHaveLength(50);
  expect(served.filter((row) => row.template_id === 'other')).toHaveLength(100);
  expect(new Set(served.map((row) => row.desktop_id)).size).toBe(150);
  expect(rows.filter(({ state }) => state === 'waiting')).toHaveLength(50);
});

it('gives a desktop of the template that was asked for, to the seat, the audit log and the secret of each', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  await stock(db, 3);
  const [place] = await seat(db, 1);
  const [ada = '', bob = ''] = await enlist(db, 2);
  const actor = { userId: bob, username: 'bob', address: '127.0.0.9' };

  await claimMany(db, [ask(ada, { seatId: place?.seatId ?? null }), ask(bob, { actor })]);

  const rows = await db.query(
    `select s.user_id as "user", s.seat_id as seat, s.state, a.actor, a.address, a.details->>'seat' as told,
       d.state as desktop, length(d.stream_secret) as secret
     from sessions s join desktops d on d.id = s.desktop_id join audit_log a on a.subject = s.id::text
     order by s.user_id = $1`,
    [bob],
  );
  const shared = { state: 'starting', desktop: 'claimed', secret: 8 };
  const there = place?.seatId;
  expect(rows).toEqual([
    { ...shared, user: ada, seat: there, actor: systemActor.username, address: null, told: there },
    { ...shared, user: bob, seat: null, actor: 'bob', address: '127.0.0.9', told: null },
  ]);
});

it('tells each their own fault, and serves the others', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  await stock(db, 10);
  const seats = await seat(db, 2);
  const [ada = '', bob = '', cem = '', dan = '', eva = '', fay = ''] = await enlist(db, 6);
  const claims = gatherClaims(db);
  const taken = seats[0]?.seatId ?? null;
  await claims.claim(ask(ada, { seatId: taken }));

  const results = await Promise.allSettled(
    [
      ask(ada),
      ask(bob, { seatId: taken }),
      ask(cem, { seatId: randomUUID() }),
      ask(dan, { templateId: 'nowhere' }),
      ask(randomUUID()),
      ask(eva, { seatId: seats[1]?.seatId ?? null }),
      ask(fay),
    ].map((request) => claims.claim(request)),
  );

  expect(
    results.map((result) => (result.status === 'fulfilled' ? result.value.created : result.reason.code)),
  ).toEqual([false, 'seat_taken', 'seat_unknown', 'template_unknown', 'not_found', true, true]);
  expect(await claimedCount(db)).toBe(3);
});

it('leaves whom a rule concerns, who would pass those who wait, and desktops of older versions', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  await stock(db, 3);
  const [ada = '', bob = '', cem = ''] = await enlist(db, 3);
  const given = async (...requests: ClaimRequest[]) => (await claimMany(db, requests)).length;

  await db.query(`insert into quotas (template_id, active_sessions) values ('${templateId}', 5)`);
  expect(await given(ask(ada))).toBe(0);
  await db.query('delete from quotas');
  await db.query(`with made as (insert into groups (name) values ('7a') returning id)
    insert into template_groups (template_id, group_id) select '${templateId}', id from made`);
  expect(await given(ask(ada))).toBe(0);
  await db.query('delete from template_groups');
  await db.query(`insert into sessions (user_id, template_id, state, deadline_at)
    values ('${cem}', '${templateId}', 'waiting', now() + interval '1 hour')`);
  expect(await given(ask(ada))).toBe(0);
  await db.query('delete from sessions');
  await db.query('update templates set version = version + 1');
  expect(await given(ask(ada))).toBe(0);
  await db.query('update templates set version = version - 1');
  expect(await given(ask(ada), ask(bob), ask(cem))).toBe(3);
});

it('makes one session of each user who asks two controllers at the same moment', async () => {
  await using database = await server.createDatabase();
  await furnish(database.db);
  await stock(database.db, 200);
  const other = await openDatabase({ url: database.url, maxConnections: 10, logger: silentLogger });
  const students = await enlist(database.db, 80);
  const [here, there] = [gatherClaims(database.db), gatherClaims(other)];
  try {
    const rows = await Promise.all([
      ...students.map((id) => here.claim(ask(id))),
      ...students.toReversed().map((id) => there.claim(ask(id))),
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(80);
    expect(rows.filter(({ created }) => created)).toHaveLength(80);
    expect(await claimedCount(database.db)).toBe(80);
  } finally {
    await other.stop();
  }
});

it('keeps a claim that is part of a whole out of what others ask for', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  await stock(db, 2);
  const [ada = '', bob = ''] = await enlist(db, 2);
  const claims = gatherClaims(db);
  const undone = db.together(async () => {
    const mine = claims.claim(ask(ada));
    await mine;
    throw new Error('undo it');
  });
  const kept = claims.claim(ask(bob));
  await expect(undone).rejects.toThrow('undo it');
  await kept;
  expect(await db.query('select user_id from sessions')).toEqual([{ user_id: bob }]);
});
