import { PostgresChanges } from '@homeroom/controller/store/postgres-changes.ts';
import type { Change } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** One process's changes, and all that it has heard. */
async function listen({ db, url }: TestDatabase) {
  const changes = new PostgresChanges({ db, url, logger: silentLogger });
  const heard: Change[] = [];
  changes.subscribe((change) => heard.push(change));
  changes.start();
  await waitFor('it listens', () => isListening(db, heard, changes));
  heard.length = 0;
  return { changes, heard };
}

/** Asks by what matters: whether a notification arrives. */
async function isListening(db: TestDatabase['db'], heard: Change[], _: PostgresChanges): Promise<boolean> {
  const payload = JSON.stringify({ from: 'probe', changes: [{ kind: 'room', id: 'probe' }] });
  await db.query('select pg_notify($1, $2)', ['homeroom', payload]);
  return heard.some(({ id }) => id === 'probe');
}

it('tells its own process at once and the others soon, each once', async () => {
  await using database = await server.createDatabase();
  const [here, there] = [await listen(database), await listen(database)];
  const change: Change = { kind: 'session', id: 'one' };
  const heardOf = (heard: Change[]) => heard.filter(({ id }) => id === 'one');

  here.changes.announce(change);
  expect(heardOf(here.heard)).toEqual([change]);
  await waitFor('the other process hears it', () => heardOf(there.heard).length > 0);
  here.changes.announce({ kind: 'session', id: 'two' });
  await waitFor('the next is heard', () => there.heard.some(({ id }) => id === 'two'));
  expect([heardOf(here.heard).length, heardOf(there.heard).length]).toEqual([1, 1]);
  await Promise.all([here.changes.stop(), there.changes.stop()]);
});

it('carries hundreds of changes that come at once', async () => {
  await using database = await server.createDatabase();
  const [here, there] = [await listen(database), await listen(database)];
  const ids = Array.from({ length: 600 }, (_, index) => `device-${index}`);
  for (const id of ids) here.changes.announce({ kind: 'device', id });
  await waitFor('all are heard', () => ids.every((id) => there.heard.some((change) => change.id === id)));
  await Promise.all([here.changes.stop(), there.changes.stop()]);
});

it('hears again after its connection was cut', async () => {
  await using database = await server.createDatabase();
  const { changes, heard } = await listen(database);
  await database.db.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'homeroom changes'
     and datname = current_database()`,
  );
  heard.length = 0;
  await waitFor('it listens again', () => isListening(database.db, heard, changes));
  await changes.stop();
});

it('is not stopped by a listener that throws', async () => {
  await using database = await server.createDatabase();
  const changes = new PostgresChanges({ ...database, logger: silentLogger });
  const heard: Change[] = [];
  changes.subscribe(() => {
    throw new Error('careless');
  });
  const unsubscribe = changes.subscribe((change) => heard.push(change));
  changes.announce({ kind: 'room', id: 'one' });
  unsubscribe();
  unsubscribe();
  changes.announce({ kind: 'room', id: 'two' });
  expect(heard).toEqual([{ kind: 'room', id: 'one' }]);
  await changes.stop();
});
