import { Accounts } from '@homeroom/controller/accounts/accounts.ts';
import { hashPassword } from '@homeroom/controller/accounts/password-hash.ts';
import { KioskViews } from '@homeroom/controller/fleet/kiosk-views.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noChanges, startTestServer, type TestServer } from '../../support/postgres.ts';
import { Classroom, enlist, furnish, seat } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function signInAt(db: Database, accounts: Accounts, deviceId: string | null): Promise<string> {
  await db.query('update users set password_hash = $1', [await hashPassword('right')]);
  const request = { username: 'pupil1', password: 'right', address: null, deviceId };
  return (await accounts.signIn(request)).cookie;
}

it('signs the seat’s kiosk out when its session ends, and no other browser', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  const [userId = ''] = await enlist(database.db, 1);
  const [place] = await seat(database.db, 1);
  const accounts = new Accounts({ db: database.db, changes: noChanges });
  const kioskCookie = await signInAt(database.db, accounts, place?.deviceId ?? null);
  const otherCookie = await signInAt(database.db, accounts, null);
  const { id } = await room.begin(userId, place?.seatId ?? null);

  await room.sessions.end(id, 'teacher', systemActor, 'The lesson is over.');

  expect(await accounts.authenticate(kioskCookie)).toBeUndefined();
  expect((await accounts.authenticate(otherCookie))?.user.username).toBe('pupil1');
});

it('moves a session to another seat and signs the old one out', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  const [userId = ''] = await enlist(database.db, 1);
  const [from, to] = await seat(database.db, 2);
  const accounts = new Accounts({ db: database.db, changes: noChanges });
  const oldCookie = await signInAt(database.db, accounts, from?.deviceId ?? null);
  const { id } = await room.begin(userId, from?.seatId ?? null);
  const heard: string[] = [];
  room.changes.subscribe((change) => heard.push(`${change.kind} ${change.id}`));

  const moved = await room.sessions.move(id, to?.seatId ?? '', systemActor);

  expect(moved.seat).toBe(to?.seatId);
  expect(heard).toEqual(
    expect.arrayContaining([`session ${id}`, `seat ${from?.seatId}`, `seat ${to?.seatId}`]),
  );
  expect(await accounts.authenticate(oldCookie)).toBeUndefined();
});

it('brings a live session along to the seat where its user signs in', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  const [userId = ''] = await enlist(database.db, 1);
  const [from, to] = await seat(database.db, 2);
  const at = { userId, seatId: to?.seatId ?? '', actor: systemActor };
  expect(await room.sessions.resumeAt(at)).toBeUndefined();
  const { id } = await room.begin(userId, from?.seatId ?? null);
  expect(await room.sessions.resumeAt(at)).toMatchObject({ id, seat: to?.seatId });
  expect(await room.sessions.resumeAt(at)).toMatchObject({ id, seat: to?.seatId });
});

it('tells the seat that was left where the desktop is, for a minute', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 1 });
  await using room = new Classroom({ ...database, provider });
  const [userId = ''] = await enlist(db, 1);
  const [from, to] = await seat(db, 2);
  const views = new KioskViews({ db, sessions: room.sessions, isIdentifying: () => false });
  const movedTo = async (of: typeof from) => (await views.get(of?.deviceId ?? '')).movedTo;
  const { id } = await room.begin(userId, from?.seatId ?? null);
  expect(await movedTo(from)).toBeNull();
  await room.sessions.move(id, to?.seatId ?? '', systemActor);
  expect(await movedTo(from)).toBe('Seat 2');
  expect(await movedTo(to)).toBeNull();

  await db.query(`update sessions set moved_at = moved_at - interval '61 seconds'`);
  expect(await movedTo(from)).toBeNull();
  await room.sessions.move(id, from?.seatId ?? '', systemActor);
  expect([await movedTo(from), await movedTo(to)]).toEqual([null, 'Seat 1']);
});

it('refuses to move an ended session, or onto a taken seat', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db);
  await using room = new Classroom({ ...database, provider });
  const [one = '', two = ''] = await enlist(database.db, 2);
  const [first, second] = await seat(database.db, 2);
  const session = await room.begin(one, first?.seatId ?? null);
  const other = await room.begin(two, second?.seatId ?? null);
  const move = (id: string) => room.sessions.move(id, second?.seatId ?? '', systemActor);
  await expect(move(session.id)).rejects.toMatchObject({ code: 'seat_taken' });
  await room.sessions.end(session.id, 'logout', systemActor);
  await expect(move(session.id)).rejects.toMatchObject({ code: 'session_ended' });
  await expect(move(one)).rejects.toMatchObject({ code: 'not_found' });
  expect((await room.sessions.get(other.id))?.seat).toBe(second?.seatId);
});

it('writes who ended which session and why into the audit log', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db);
  await using room = new Classroom({ ...database, provider });
  const [userId = ''] = await enlist(database.db, 1);
  const { id } = await room.begin(userId);
  await room.sessions.end(id, 'teacher', { userId: null, username: 'ms-hall', address: '192.0.2.7' });
  const entries = await database.db.query(
    'select actor, action, subject, details, address from audit_log order by id',
  );
  expect(entries).toEqual([
    expect.objectContaining({ actor: 'homeroom', action: 'session.start', subject: id }),
    {
      actor: 'ms-hall',
      action: 'session.end',
      subject: id,
      details: { endReason: 'teacher', reason: null },
      address: '192.0.2.7',
    },
  ]);
});
