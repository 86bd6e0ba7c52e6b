/** The same SQL on a PostgreSQL that is not ours: Debian's, which is older than the embedded one. */
import { claim } from '@homeroom/controller/sessions/claim.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { openDatabase } from '@homeroom/controller/store/database.ts';
import { migrate } from '@homeroom/controller/store/migrate.ts';
import { PostgresChanges } from '@homeroom/controller/store/postgres-changes.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type DebianPostgres,
  findDebianPostgres,
  noDebianPostgres,
  startDebianPostgres,
} from '../../support/debian-postgres.ts';
import { silentLogger } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { enlist, furnish, templateId } from '../sessions/classroom.ts';

const programs = findDebianPostgres();
let server: DebianPostgres | undefined;
beforeAll(async () => {
  if (programs) server = await startDebianPostgres(programs);
});
afterAll(() => server?.[Symbol.asyncDispose]());
beforeEach((context) => context.skip(programs === undefined, noDebianPostgres));

async function openEmpty(name: string, maxConnections = 20) {
  if (!server) throw new Error('the server is not started');
  const url = await server.createDatabase(name);
  const open = () => openDatabase({ url, maxConnections, logger: silentLogger });
  const db = await open();
  return { url, db, open, [Symbol.asyncDispose]: () => db.stop() };
}

it('gets the schema once from controllers that start together', async () => {
  await using database = await openEmpty('fresh', 2);
  const controllers = await Promise.all([1, 2, 3, 4].map(() => database.open()));
  const results = await Promise.all(controllers.map((db) => migrate(db)));
  expect(results.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
  expect(await migrate(database.db)).toEqual({ applied: [] });
  await Promise.all(controllers.map((db) => db.stop()));
});

it('gives no desktop twice to students who start at once', async () => {
  await using database = await openEmpty('race');
  const { db } = database;
  await migrate(db);
  await furnish(db);
  await db.query(
    `insert into desktops (template_id, provider, state, ready_at)
     select $1, 'simulated', 'ready', now() from generate_series(1, 30)`,
    [templateId],
  );
  const students = await enlist(db, 40);
  const rows = await Promise.all(
    students.map((userId) => claim(db, { userId, templateId, seatId: null, actor: systemActor })),
  );
  const desktops = rows.flatMap(({ desktop_id }) => desktop_id ?? []);
  expect(desktops.length).toBeGreaterThan(0);
  expect(new Set(desktops).size).toBe(desktops.length);
  expect(rows.filter(({ state }) => state === 'waiting')).toHaveLength(40 - desktops.length);
});

it('carries changes from one controller to another', async () => {
  await using database = await openEmpty('changes', 2);
  const [teller, hearer] = [1, 2].map(() => new PostgresChanges({ ...database, logger: silentLogger }));
  const heard: unknown[] = [];
  hearer?.subscribe((change) => heard.push(change));
  hearer?.start();
  const change = { kind: 'session', id: '5f0c0000-0000-4000-8000-000000000001' } as const;
  // It begins to listen in its own time; a change that nobody hears yet is told again.
  await waitFor('the change is heard', () => {
    if (heard.length === 0) teller?.announce(change);
    return heard.length > 0;
  });
  expect(heard[0]).toEqual(change);
  await teller?.stop();
  await hearer?.stop();
});
