import { countDesktops } from '@homeroom/controller/classes/count-desktops.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const template = 'hosted';

/** One template on one host that takes three, which another template fills as far as it is told. */
async function furnishHost(db: Database, others: number): Promise<void> {
  await db.query(
    `insert into templates (id, name, provider, kind) values ('hosted', 'Hosted', 'host', 'xfce'), ('other', 'Other', 'host', null)`,
  );
  await db.query(`insert into pools (template_id, warm_minimum, maximum) values ('hosted', 0, 50)`);
  await db.query(
    `insert into devices (id, name, host_consent, host_decided_at) values ('host-1', 'Host', 'allowed', now())`,
  );
  await db.query(
    `insert into hosts (device_id, capacity, healthy, kinds) values ('host-1', 3, true, '{xfce}')`,
  );
  await db.query(
    `insert into desktops (template_id, provider, state, host_id, ready_at)
     select 'other', 'host', 'ready', 'host-1', now() from generate_series(1, $1)`,
    [others],
  );
}

const count = (db: Database) => {
  const seats = [{ id: '00000000-0000-4000-8000-000000000001', name: 'Seat 1', device: null, student: null }];
  return countDesktops(db, { template, group: null, seats });
};

it('counts what the hosts still take, not only what the pool may have', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnishHost(db, 1);
  expect(await count(db)).toEqual({ needed: 1, ready: 0, possible: 2 });
  for (const change of ['host_capacity = 1', "host_capacity = null, kind = 'kde'"]) {
    await db.query(`update templates set ${change} where id = 'hosted'`);
    expect((await count(db)).possible).toBe(change.includes('kde') ? 0 : 1);
  }
});

it('counts none that is on its way while every host is full, is not well, or may not', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnishHost(db, 3);
  await db.query(
    `insert into desktops (template_id, provider, state, deadline_at) values ('hosted', 'host', 'creating', now())`,
  );
  expect(await count(db)).toEqual({ needed: 1, ready: 0, possible: 0 });
  await db.query(`update hosts set capacity = 9`);
  expect((await count(db)).possible).toBe(6);
  for (const change of ['hosts set draining = true', "devices set host_consent = 'refused'"]) {
    await db.query(`update ${change}`);
    expect((await count(db)).possible).toBe(0);
  }
});
