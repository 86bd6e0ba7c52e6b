/** What was a host before an admin's consent was asked for stays one. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Migration, migrate } from '@homeroom/controller/store/migrate.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';

const folder = join(import.meta.dirname, '../../../controller/store/migrations');
const consent = '0003-host-consent';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).map((file) => file.replace(/\.sql$/, '')).sort();
  return await Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(join(folder, `${name}.sql`), 'utf8') })),
  );
}

it('allows the hosts of an installation that is brought up to date, and no other device', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await db.query('drop schema public cascade; create schema public');
  const migrations = await readMigrations();
  await migrate(
    db,
    migrations.filter(({ name }) => name < consent),
  );
  await db.query(`
    insert into devices (id, name) values ('pi-host', 'Host'), ('pi-seat', 'Seat');
    insert into hosts (device_id, capacity) values ('pi-host', 5);
    insert into templates (id, name, provider) values ('desktop', 'Desktop', 'host');
    insert into desktops (template_id, provider, state, host_id) values ('desktop', 'host', 'ready', 'pi-host')`);

  expect((await migrate(db, migrations)).applied).toContain(consent);
  expect(await db.query('select id, host_consent from devices order by id')).toEqual([
    { id: 'pi-host', host_consent: 'allowed' },
    { id: 'pi-seat', host_consent: null },
  ]);
  expect(await db.query('select state from desktops')).toEqual([{ state: 'ready' }]);
});
