import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, enlist, furnish } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('tries the same desktop again when an assignment fails', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  provider.addFault({ step: 'assign', how: 'throws', times: 1 });
  const [userId = ''] = await enlist(database.db, 1);

  const begun = await room.begin(userId);
  expect((await room.whenAssigned(begun.id)).desktop).toBe(begun.desktop);
});

it('takes another desktop when the first is beyond hope, and removes that one', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 2 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(2);
  provider.addFault({ step: 'assign', how: 'fails', times: 1 });
  const [userId = ''] = await enlist(database.db, 1);

  const begun = await room.begin(userId);
  const assigned = await room.whenAssigned(begun.id);

  expect(assigned.desktop).not.toBe(begun.desktop);
  await waitFor('the first desktop is gone', async () => (await room.countDesktops('gone')) === 1);
});

it('queues again when no other desktop is ready, and goes on when one is', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1, maximum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  provider.addFault({ step: 'assign', how: 'fails', times: 1 });
  const [userId = ''] = await enlist(database.db, 1);

  const begun = await room.begin(userId);
  expect((await room.whenAssigned(begun.id)).desktop).not.toBe(begun.desktop);
});

it('ends the session with the reason when the second desktop fails too', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 3 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(3);
  provider.addFault({ step: 'assign', how: 'fails' });
  const [userId = ''] = await enlist(database.db, 1);

  const { id } = await room.begin(userId);
  expect(await room.whenState(id, 'ended')).toMatchObject({
    endReason: 'failed',
    reason: 'A simulated failure.',
  });
  provider.clearFaults();
  const next = await room.begin(userId);
  await room.whenAssigned(next.id);
});

it('leaves no desktop behind when a session ends while its desktop is started', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1, maximum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  provider.addFault({ step: 'assign', how: 'slow', delayMs: 3_000, times: 1 });
  const [userId = ''] = await enlist(database.db, 1);
  const { id, desktop } = await room.begin(userId);
  await waitFor('the assignment has begun', () => provider.calls.includes(`assign ${desktop}`));

  const actor = { userId, username: 'pupil1', address: null };
  await room.sessions.end(id, 'logout', actor);
  await waitFor('the desktop is gone for good', () => {
    const removals = provider.calls.filter((call) => call === `delete ${desktop}`);
    return removals.length >= 2;
  });
  expect(provider.assignmentOf(desktop ?? '')).toBeUndefined();
});

it('goes on with the assignments of a controller that was stopped', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  const [userId = ''] = await enlist(database.db, 1);
  let id = '';
  {
    await using first = new Classroom({ ...database, provider });
    first.start();
    await first.whenReady(1);
    provider.addFault({ step: 'assign', how: 'hangs', times: 1 });
    const begun = await first.begin(userId);
    id = begun.id;
    await waitFor('the assignment has begun', () => provider.calls.includes(`assign ${begun.desktop}`));
  }
  await database.db.query('update sessions set look_again_at = now() where id = $1', [id]);
  await using second = new Classroom({ ...database, provider });
  second.start();
  await second.whenAssigned(id);
});
