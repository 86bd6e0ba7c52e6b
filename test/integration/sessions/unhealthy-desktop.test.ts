/** A desktop that cannot be reached for longer than passes by itself is not given back to its user. */
import { Accounts } from '@homeroom/controller/accounts/accounts.ts';
import { hashPassword } from '@homeroom/controller/accounts/password-hash.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noChanges, startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, enlist, furnish, seat, templateId } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A session at the first of two seats, whose desktop's provider does not answer any more. */
async function open(database: TestDatabase) {
  const { db } = database;
  const provider = await furnish(db, { minimum: 1 });
  const room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  const [userId = ''] = await enlist(db, 1);
  const [from, to] = await seat(db, 2);
  const begun = await room.begin(userId, from?.seatId);
  const session = await room.whenAssigned(begun.id);
  const desktop = session.desktop ?? '';
  provider.addFault({ step: 'poll', how: 'throws', desktopId: desktop });
  await room.desktops.lookAgain(desktop);
  await waitFor('it is noted as unwell', async () => {
    const rows = await db.query('select from desktops where id = $1 and unhealthy_at is not null', [desktop]);
    return rows.length > 0;
  });
  const unwellFor = (seconds: number) =>
    db.query('update desktops set unhealthy_at = now() - make_interval(secs => $2) where id = $1', [
      desktop,
      seconds,
    ]);
  return { room, provider, userId, session, desktop, from, to, unwellFor };
}

it('gives a desktop back that was unwell for a moment', async () => {
  await using database = await server.createDatabase();
  const { room, userId, session } = await open(database);
  await using _ = room;
  expect(session.trouble).toBeNull();
  expect(await room.begin(userId)).toMatchObject({ id: session.id, trouble: null });
});

it('says what happened instead of giving it back, and gives a fresh one when asked again', async () => {
  await using database = await server.createDatabase();
  const { room, userId, session, unwellFor } = await open(database);
  await using _ = room;
  await unwellFor(120);
  expect((await room.sessions.get(session.id))?.trouble).toMatch(/A simulated failure/);
  const request = { userId, templateId, seatId: null, actor: systemActor };
  await expect(room.sessions.start(request)).rejects.toMatchObject({
    code: 'desktop_lost',
    detail: expect.stringMatching(/home folder are kept/),
  });
  expect(await room.sessions.latestOf(userId)).toMatchObject({
    id: session.id,
    state: 'ended',
    endReason: 'desktop-lost',
    reason: expect.stringMatching(/A simulated failure/),
  });
  const fresh = await room.sessions.start(request);
  expect(fresh.created).toBe(true);
  expect(fresh.session.desktop).not.toBe(session.desktop);
});

it('leaves who signs in at a seat signed in there, to choose a fresh one', async () => {
  await using database = await server.createDatabase();
  const { room, userId, session, from, unwellFor } = await open(database);
  await using _ = room;
  await unwellFor(120);
  const accounts = new Accounts({ db: database.db, changes: noChanges });
  await database.db.query('update users set password_hash = $1', [await hashPassword('right')]);
  const request = { username: 'pupil1', password: 'right', address: null };
  const { cookie } = await accounts.signIn({ ...request, deviceId: from?.deviceId ?? null });
  const at = { userId, seatId: from?.seatId ?? '', actor: systemActor };
  expect(await room.sessions.resumeAt(at)).toMatchObject({ id: session.id, endReason: 'desktop-lost' });
  expect((await accounts.authenticate(cookie))?.user.username).toBe('pupil1');
});

it('is well again as soon as its provider answers', async () => {
  await using database = await server.createDatabase();
  const { room, provider, userId, session, desktop, to, unwellFor } = await open(database);
  await using _ = room;
  await unwellFor(120);
  provider.clearFaults();
  await room.desktops.lookAgain(desktop);
  await waitFor('its trouble is over', async () => (await room.sessions.get(session.id))?.trouble === null);
  const at = { userId, seatId: to?.seatId ?? '', actor: systemActor };
  expect(await room.sessions.resumeAt(at)).toMatchObject({ id: session.id, seat: to?.seatId });
});
