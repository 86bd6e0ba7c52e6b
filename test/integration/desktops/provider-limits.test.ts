/** As many desktops are begun at once as a provider, or a storage, may take: whoever begins them. */
import type { Database } from '@homeroom/controller/store/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, furnish } from '../sessions/classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const limit = (db: Database, atOnce: number, storage = '') =>
  db.query(`insert into provider_limits (provider, storage, at_once) values ('simulated', $2, $1)`, [
    atOnce,
    storage,
  ]);

/** More templates of the simulated provider, each with a pool. */
async function addTemplate(db: Database, id: string, { storage = '', minimum = 6 } = {}): Promise<void> {
  const sql = `insert into templates (id, name, provider, storage) values ($1, $1, 'simulated', $2)`;
  await db.query(sql, [id, storage]);
  await db.query('insert into pools (template_id, warm_minimum, maximum) values ($1, $2, 20)', [id, minimum]);
}

/** The database itself refuses more than so many at once: a look that came too late would miss them. */
async function forbidMore(db: Database, atOnce: number, storage?: string): Promise<void> {
  const which = storage === undefined ? '' : `and t.storage = '${storage}'`;
  await db.query(`
    create function refuse_more_${storage ?? 'whole'}() returns trigger language plpgsql as $$
    begin
      if (select count(*) from desktops d join templates t on t.id = d.template_id
          where d.state in ('creating', 'warming', 'cooling') ${which}) > ${atOnce} then
        raise exception 'too many at once';
      end if;
      return null;
    end $$;
    create constraint trigger refuse_more_${storage ?? 'whole'} after insert or update on desktops
      deferrable initially deferred for each row execute function refuse_more_${storage ?? 'whole'}()`);
}

const beginsSql = `select count(*) as n from desktops where state in ('creating', 'warming', 'cooling')`;

it('fills pools under a limit from two processes side by side, never past it', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 8, pollsUntilReady: 1 });
  await addTemplate(db, 'second');
  await limit(db, 3);
  await forbidMore(db, 3);
  await using one = new Classroom({ ...database, provider });
  await using other = new Classroom({ ...database, provider });
  let most = 0;
  for (const room of [one, other]) room.start();
  await waitFor('both pools are full', async () => {
    const [begun] = await db.query<{ n: number }>(beginsSql);
    most = Math.max(most, begun?.n ?? 0);
    return (await one.countDesktops('ready')) === 14;
  });
  expect(most).toBeLessThanOrEqual(3);
  expect(await db.query('select from desktops where failed_at is not null')).toEqual([]);
});

it('limits a storage by itself, and leaves the others alone', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 4 });
  await addTemplate(db, 'slow-1', { storage: 'slow', minimum: 3 });
  await addTemplate(db, 'slow-2', { storage: 'slow', minimum: 3 });
  await limit(db, 1, 'slow');
  await forbidMore(db, 1, 'slow');
  // What never becomes ready holds its place: the storage has one, the others have all they want.
  provider.addFault({ step: 'create', how: 'hangs' });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await waitFor('all that may be is begun', async () => (await room.countDesktops('creating')) === 5);
  const rows = await db.query<{ storage: string; n: number }>(
    'select t.storage, count(*) as n from desktops d join templates t on t.id = d.template_id group by 1 order by 1',
  );
  expect(rows).toEqual([
    { storage: '', n: 4 },
    { storage: 'slow', n: 1 },
  ]);
});

it('shares what a limit leaves among the pools that want some', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 20 });
  await addTemplate(db, 'second', { minimum: 20 });
  await limit(db, 6);
  provider.addFault({ step: 'create', how: 'hangs' });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await waitFor('the limit is reached', async () => (await room.countDesktops('creating')) === 6);
  const rows = await db.query<{ n: number }>('select count(*) as n from desktops group by template_id');
  expect(rows.map(({ n }) => n)).toEqual([3, 3]);
});
