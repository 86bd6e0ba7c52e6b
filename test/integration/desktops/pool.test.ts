import { DesktopList } from '@homeroom/controller/desktops/desktop-list.ts';
import { ensureFirstTemplates } from '@homeroom/controller/desktops/first-templates.ts';
import { Pools } from '@homeroom/controller/desktops/pools.ts';
import { Templates } from '@homeroom/controller/desktops/templates.ts';
import { wholeList } from '@homeroom/controller/store/page.ts';
import { PostgresChanges } from '@homeroom/controller/store/postgres-changes.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, furnish, templateId } from '../sessions/classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('fills a pool to its minimum with desktops that take a while', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 3, pollsUntilReady: 2 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(3);
  const [pool] = (await new Pools(database).page(wholeList)).items;
  expect(pool).toEqual({
    template: templateId,
    warmMinimum: 3,
    warmMaximum: null,
    coldMinimum: 0,
    coldMaximum: 0,
    maximum: 20,
    maxAgeS: null,
    rollFloor: null,
    creating: 0,
    cold: 0,
    warming: 0,
    ready: 3,
    cooling: 0,
    claimed: 0,
    failed: 0,
    lessons: 0,
    outdated: 0,
    waiting: 0,
  });
});

it('is filled once by two controllers that share the work', async () => {
  await using database = await server.createDatabase({ maxConnections: 20 });
  const provider = await furnish(database.db, { minimum: 6, pollsUntilReady: 1 });
  await using one = new Classroom({ ...database, provider });
  await using two = new Classroom({ ...database, provider });
  one.start();
  two.start();
  await one.whenReady(6);
  const creations = provider.calls.filter((call) => call.startsWith('create '));
  expect(creations).toHaveLength(6);
  expect(new Set(creations).size).toBe(6);
});

it('tries again when making one throws, and keeps the reason of one that fails', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 2 });
  provider.addFault({ step: 'create', how: 'throws', times: 2 });
  provider.addFault({ step: 'create', how: 'fails', times: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(2);
  await waitFor('the failed one is gone', async () => (await room.countDesktops('gone')) === 1);
  const errorsOf = (state: string) =>
    database.db.query('select error from desktops where state = $1', [state]);
  expect(await errorsOf('gone')).toEqual([{ error: 'A simulated failure.' }]);
  expect(await errorsOf('ready')).toEqual([{ error: null }, { error: null }]);
});

it('gives up a desktop that is not made in time, and says so', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, {
    minimum: 1,
    template: { create_timeout_s: 1 },
    pollsUntilReady: 1_000,
  });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await waitFor('one has failed', async () => {
    const rows = await database.db.query(
      `select from desktops where error like 'The desktop was not ready in time.%'`,
    );
    return rows.length > 0;
  });
});

it('removes what is ready too many when the minimum is lowered', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 4 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(4);
  await database.db.query('update pools set warm_minimum = 1');
  room.changes.announce({ kind: 'pool', id: templateId });
  await waitFor('three are gone', async () => (await room.countDesktops('gone')) === 3);
  expect(await provider.list(AbortSignal.timeout(10_000))).toHaveLength(1);
});

it('renews desktops that have stood ready for too long', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  await database.db.query('update pools set max_age_s = 3600');
  await database.db.query(`update desktops set ready_at = now() - interval '2 hours'`);
  room.changes.announce({ kind: 'pool', id: templateId });
  await waitFor('the old one is gone', async () => (await room.countDesktops('gone')) === 1);
  await room.whenReady(1);
});

it('replaces a ready desktop that has vanished', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  const [before] = (await new DesktopList(database).page(wholeList)).items;
  provider.loseDesktop(before?.id ?? '');
  await database.db.query(`update desktops set ready_at = now() - interval '1 minute'`);
  await waitFor('it is gone', async () => (await room.countDesktops('gone')) === 1);
  await room.whenReady(1);
  expect(await new DesktopList(database).get(before?.id ?? '')).toMatchObject({
    state: 'gone',
    error: 'The simulated desktop is gone.',
  });
});

it('removes a desktop again that the provider still has although it is on record as gone', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  const [left] = await database.db.query<{ id: string }>(
    `insert into desktops (template_id, provider, state) values ($1, 'simulated', 'gone') returning id`,
    [templateId],
  );
  const stranger = '99999999-9999-4999-8999-999999999999';
  for (const id of [left?.id ?? '', stranger]) {
    const spec = { id, templateId, settings: {}, kind: null, ref: null, hostId: null, isAssigned: false };
    await provider.create(spec, AbortSignal.timeout(10_000));
  }
  await waitFor('the leftover is removed', () => provider.calls.includes(`delete ${left?.id}`));
  expect(provider.calls).not.toContain(`delete ${stranger}`);
});

it('seeds the first templates and their pools once', async () => {
  await using database = await server.createDatabase();
  const changes = new PostgresChanges({ ...database, logger: silentLogger });
  expect(await ensureFirstTemplates({ ...database, changes })).toEqual(['desktop', 'browser', 'terminal']);
  const templates = new Templates(database);
  expect((await templates.page(wholeList)).items.map(({ name, ready }) => [name, ready]).sort()).toEqual([
    ['Linux desktop', 0],
    ['Terminal', 0],
    ['Web browser', 0],
  ]);
  await database.db.query(`update templates set withdrawn_at = now() where id = 'terminal'`);
  expect(await ensureFirstTemplates({ ...database, changes })).toEqual([]);
  expect(await templates.get('terminal')).toBeUndefined();
  expect((await new Pools(database).get('desktop'))?.warmMinimum).toBe(4);
  await changes.stop();
});
