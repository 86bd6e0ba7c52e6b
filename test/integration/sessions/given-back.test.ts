import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, enlist, furnish } from './classroom.ts';

/** Far below the leases of 35 and 45 s: what is not given back is not taken in this time. */
const soonMs = 15_000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('gives an assignment back when it stops, for another process to take at once', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  const stopping = new Classroom({ ...database, provider });
  stopping.start();
  await stopping.whenReady(1);
  provider.addFault({ step: 'assign', how: 'hangs', times: 1 });
  const [userId = ''] = await enlist(database.db, 1);
  const { id, desktop } = await stopping.begin(userId);
  await waitFor('the assignment is under way', () => provider.calls.includes(`assign ${desktop}`));

  await stopping[Symbol.asyncDispose]();

  await using staying = new Classroom({ ...database, provider });
  staying.start();
  expect((await staying.whenAssigned(id, soonMs)).desktop).toBe(desktop);
});

it('gives a desktop back when it stops, for another process to make at once', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1, maximum: 1 });
  provider.addFault({ step: 'create', how: 'hangs', times: 1 });
  const stopping = new Classroom({ ...database, provider });
  stopping.start();
  await waitFor('the making is under way', () => provider.calls.some((call) => call.startsWith('create')));

  await stopping[Symbol.asyncDispose]();

  await using staying = new Classroom({ ...database, provider });
  staying.start();
  await waitFor('the desktop is ready', async () => (await staying.countDesktops('ready')) === 1, soonMs);
});
