/** A template was changed: its unused desktops are replaced one at a time, those in use are left alone. */
import type { Database } from '@homeroom/controller/store/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, enlist, furnish, templateId } from '../sessions/classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** The database itself refuses fewer ready ones than the floor: a look that came too late would miss them. */
const holdFloor = (db: Database, floor: number) =>
  db.query(`
    create function refuse_fewer() returns trigger language plpgsql as $$
    begin
      if (select count(*) from desktops where state = 'ready') < ${floor} then
        raise exception 'fewer than the floor';
      end if;
      return null;
    end $$;
    create constraint trigger refuse_fewer after update on desktops deferrable initially deferred
      for each row when (old.state = 'ready' and new.state = 'deleting') execute function refuse_fewer()`);

async function changeTemplate(room: Classroom): Promise<void> {
  await room.db.query('update templates set version = version + 1');
  room.changes.announce({ kind: 'template', id: templateId });
}

const outdatedSql = `
select from desktops d join templates t on t.id = d.template_id
where d.state in ('ready', 'cold', 'creating') and d.template_version < t.version`;
const whenRolled = (db: Database) =>
  waitFor('nothing unused is outdated', async () => (await db.query(outdatedSql)).length === 0, 20_000);

it('replaces all of both levels and never falls below what shall stand ready', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 4 });
  await db.query('update pools set cold_minimum = 2, cold_maximum = 2');
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(4);
  await waitFor('two are cold', async () => (await room.countDesktops('cold')) === 2);
  await holdFloor(db, 4);
  await changeTemplate(room);
  await whenRolled(db);
  await room.whenReady(4);
  await waitFor('two are cold', async () => (await room.countDesktops('cold')) === 2);
  expect(await db.query('select from desktops where failed_at is not null')).toEqual([]);
});

it('rolls a full pool down to its floor, one at a time', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 3, maximum: 3 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(3);
  await holdFloor(db, 2);
  await changeTemplate(room);
  await whenRolled(db);
  await room.whenReady(3);
});

it('leaves a running session on its old desktop', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 2 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(2);
  const [student = ''] = await enlist(db, 1);
  const session = await room.begin(student);
  await room.whenAssigned(session.id);
  await room.whenReady(2);
  await changeTemplate(room);
  await whenRolled(db);
  expect(await room.sessions.get(session.id)).toMatchObject({ desktop: session.desktop });
  const [used] = await db.query('select state, template_version from desktops where id = $1', [
    session.desktop,
  ]);
  expect(used).toEqual({ state: 'claimed', template_version: 1 });
});

it('keeps the old ones while the new version cannot be made', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 3 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(3);
  provider.addFault({ step: 'create', how: 'fails' });
  await changeTemplate(room);
  await waitFor('making has failed thrice', async () => {
    const rows = await db.query('select from desktops where failed_at is not null');
    return rows.length >= 3;
  });
  expect(await room.countDesktops('ready')).toBe(3);
});
