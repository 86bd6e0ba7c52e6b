import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, enlist, furnish } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('ends a session whose desktop died, says so, and offers a fresh one', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  const [userId = ''] = await enlist(database.db, 1);
  const begun = await room.begin(userId);
  await room.whenAssigned(begun.id);
  await room.sessions.streamOpened(begun.id);

  provider.loseDesktop(begun.desktop ?? '');
  await room.desktops.lookAgain(begun.desktop ?? '');
  expect(await room.whenState(begun.id, 'ended')).toMatchObject({
    endReason: 'desktop-lost',
    reason: 'The simulated desktop is gone.',
  });

  const next = await room.begin(userId);
  await room.whenAssigned(next.id);
  expect(next.desktop).not.toBe(begun.desktop);
});

it('keeps the session of a desktop whose provider does not answer', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  const [userId = ''] = await enlist(database.db, 1);
  const begun = await room.begin(userId);
  await room.whenAssigned(begun.id);
  await room.sessions.streamOpened(begun.id);

  provider.addFault({ step: 'poll', how: 'throws' });
  for (const _ of Array.from({ length: 3 })) {
    const before = provider.calls.length;
    await room.desktops.lookAgain(begun.desktop ?? '');
    await waitFor('it was asked after', () => provider.calls.slice(before).includes(`poll ${begun.desktop}`));
  }
  expect((await room.sessions.get(begun.id))?.state).toBe('active');
});

it('notices by itself that a desktop in use is missing', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  const [userId = ''] = await enlist(database.db, 1);
  const begun = await room.begin(userId);
  await room.whenAssigned(begun.id);
  provider.loseDesktop(begun.desktop ?? '');
  await database.db.query(
    `update desktops set claimed_at = claimed_at - interval '1 minute' where state = 'claimed'`,
  );
  expect(await room.whenState(begun.id, 'ended')).toMatchObject({ endReason: 'desktop-lost' });
});
