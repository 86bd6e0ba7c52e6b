import { Guests } from '@homeroom/controller/accounts/guests.ts';
import { SignIns } from '@homeroom/controller/accounts/sign-ins.ts';
import { SeatGuests } from '@homeroom/controller/fleet/seat-guests.ts';
import { claim } from '@homeroom/controller/sessions/claim.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noChanges, startTestServer, type TestServer } from '../../support/postgres.ts';
import { audited, insertTemplate } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function setUp({ db }: Awaited<ReturnType<TestServer['createDatabase']>>) {
  await insertTemplate(db, 'browser');
  await db.query(`insert into rooms (name) values ('Room 1')`);
  const [seat] = await db.query<{ id: string }>(
    `insert into seats (room_id, name) select id, 'Seat 1' from rooms returning id`,
  );
  await db.query(`insert into devices (id, name, seat_id) values ('pi-1', 'Pi 1', $1)`, [seat?.id]);
  const ago = `now() - interval '3 minutes'`;
  return {
    db,
    seat: seat?.id ?? '',
    guests: new Guests({ db }),
    seatGuests: new SeatGuests({ db, changes: noChanges }),
    age: () => db.query(`update users set created_at = ${ago} where source = 'anonymous'`),
    start: (userId: string) =>
      claim(db, { userId, templateId: 'browser', seatId: null, actor: { ...systemActor, userId } }),
    guestsLeft: () => db.query(`select id from users where source = 'anonymous'`),
  };
}

it('offers what an admin set for the seat, until it is taken back', async () => {
  await using database = await server.createDatabase();
  const { db, seat, seatGuests } = await setUp(database);
  expect(await seatGuests.at('pi-1')).toBeUndefined();
  await seatGuests.set(seat, { template: 'browser', limitS: 1_800 }, systemActor);
  expect(await seatGuests.at('pi-1')).toEqual({ seat, template: 'browser', limitS: 1_800 });
  await db.query(`update templates set withdrawn_at = now()`);
  expect(await seatGuests.at('pi-1')).toBeUndefined();
  await db.query(`update templates set withdrawn_at = null`);
  await seatGuests.set(seat, null, systemActor);
  expect(await seatGuests.at('pi-1')).toBeUndefined();
  expect((await audited(db)).map(({ action }) => action)).toEqual(['seat.guest', 'seat.guest']);
  await expect(seatGuests.set(seat, { template: 'none', limitS: null }, systemActor)).rejects.toMatchObject({
    code: 'template_unknown',
  });
  const nowhere = 'aaaaaaaa-0000-4000-8000-000000000001';
  await expect(seatGuests.set(nowhere, null, systemActor)).rejects.toMatchObject({ code: 'seat_unknown' });
});

it('makes a guest with a home and a user id of their own, known as a guest by their cookie', async () => {
  await using database = await server.createDatabase();
  const { db, guests } = await setUp(database);
  const [one, two] = [await guests.create(), await guests.create()];
  expect(one).toMatchObject({ role: 'student', isGuest: true, displayName: 'Guest' });
  expect(one.account).toMatch(/^guest-[a-z2-9]{8}$/);
  expect(one.posixUid).not.toBe(two.posixUid);
  const signIns = new SignIns({ db, changes: noChanges });
  const { cookie } = await signIns.create(one, { address: null, deviceId: 'pi-1' });
  expect((await signIns.authenticate(cookie))?.user).toEqual(one);
});

it('ends a guest’s session after the seat’s limit', async () => {
  await using database = await server.createDatabase();
  const { db, guests, start } = await setUp(database);
  const { id } = await guests.create();
  const session = await start(id);
  await guests.limit(session.id, 600);
  expect(await db.query('select limit_s from sessions')).toEqual([{ limit_s: 600 }]);
});

it('removes a guest once the session has ended and its desktop is gone, and not before', async () => {
  await using database = await server.createDatabase();
  const { db, guests, start, age, guestsLeft } = await setUp(database);
  await db.query(
    `insert into desktops (template_id, provider, state, ready_at) values ('browser', 'simulated', 'ready', now())`,
  );
  const guest = await guests.create();
  const session = await start(guest.id);
  expect(session.desktop_id).not.toBeNull();
  await age();
  expect(await guests.sweep()).toBe(0);
  await db.query(
    `update sessions set state = 'ended', ended_at = now(), end_reason = 'logout', deadline_at = null`,
  );
  expect(await guests.sweep()).toBe(0);
  await db.query(`update desktops set state = 'gone'`);
  expect(await guests.sweep()).toBe(1);
  expect(await guestsLeft()).toEqual([]);
  expect(await db.query('select id from sessions')).toEqual([]);
  expect(await db.query(`select actor from audit_log where action = 'session.start'`)).toHaveLength(1);
});

it('removes a guest who never got a session, after some minutes, and nobody with an account', async () => {
  await using database = await server.createDatabase();
  const { db, guests, age, guestsLeft } = await setUp(database);
  await db.query(
    `insert into users (username, display_name, role, account, created_at) values ('ana', 'Ana', 'student', 'ana', now() - interval '1 day')`,
  );
  await guests.create();
  expect(await guests.sweep()).toBe(0);
  await age();
  expect(await guests.sweep()).toBe(1);
  expect(await guestsLeft()).toEqual([]);
  expect(await db.query('select username from users')).toEqual([{ username: 'ana' }]);
});
