import type { HomeroomError } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, enlist, furnish, seat } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('claims a ready desktop, makes it the user’s, and the pool refills behind', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 2 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(2);
  const [userId = ''] = await enlist(database.db, 1);

  const session = await room.begin(userId);
  expect(session).toMatchObject({ state: 'starting', user: userId, username: 'pupil1', place: null });
  await room.whenAssigned(session.id);

  expect(provider.assignmentOf(session.desktop ?? '')?.user).toMatchObject({ id: userId, account: 'pupil1' });
  const stream = await room.sessions.streamOf(session.id);
  expect(stream.secret).toHaveLength(8);
  await room.whenReady(2);
});

it('opens, detaches, goes on and ends; a used desktop is removed and never given again', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  const [userId = ''] = await enlist(database.db, 1);
  const { id } = await room.begin(userId);
  const { desktop } = await room.whenAssigned(id);

  await room.sessions.streamOpened(id);
  expect((await room.sessions.get(id))?.state).toBe('active');
  await room.sessions.streamClosed(id);
  expect((await room.sessions.get(id))?.state).toBe('detached');
  await room.sessions.streamOpened(id);
  expect((await room.sessions.get(id))?.state).toBe('active');

  const actor = { userId, username: 'pupil1', address: '127.0.0.1' };
  const ended = await room.sessions.end(id, 'logout', actor);
  expect(ended).toMatchObject({ state: 'ended', endReason: 'logout' });
  await waitFor('the used desktop is gone', async () => (await room.countDesktops('gone')) === 1);
  const next = await room.begin(userId);
  expect(next.desktop).not.toBe(desktop);
  await expect(room.sessions.streamOf(id)).rejects.toMatchObject({ code: 'session_ended' });
});

it('returns the live session for a second start, at the new seat', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  const [userId = ''] = await enlist(database.db, 1);
  const [first, second] = await seat(database.db, 2);

  const begun = await room.begin(userId, first?.seatId ?? null);
  const again = await room.begin(userId, second?.seatId ?? null);

  expect(again.id).toBe(begun.id);
  expect([begun.seat, again.seat]).toEqual([first?.seatId, second?.seatId]);
});

it('refuses a seat where somebody else’s session is, a seat, a template and a user that are unknown', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 2 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(2);
  const [one = '', two = ''] = await enlist(database.db, 2);
  const [taken] = await seat(database.db, 1);
  await room.begin(one, taken?.seatId ?? null);

  const unknown = '00000000-0000-4000-8000-000000000000';
  const actor = { userId: null, username: 'test', address: null };
  const start = (userId: string, templateId: string, seatId: string | null) =>
    room.sessions.start({ userId, templateId, seatId, actor }).catch((error: HomeroomError) => error.code);
  expect(await start(two, 'simulated', taken?.seatId ?? null)).toBe('seat_taken');
  expect(await start(two, 'simulated', unknown)).toBe('seat_unknown');
  expect(await start(two, 'simulated', 'not-an-id')).toBe('seat_unknown');
  expect(await start(two, 'other', null)).toBe('template_unknown');
  expect(await start(unknown, 'simulated', null)).toBe('not_found');
  await waitFor(
    'no desktop stays claimed for a refused start',
    async () => (await room.countDesktops('claimed')) === 1,
  );
});
