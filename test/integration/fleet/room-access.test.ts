/** Whose room it is. */
import { RoomAccess } from '@homeroom/controller/fleet/room-access.ts';
import { RoomTeachers } from '@homeroom/controller/fleet/room-teachers.ts';
import { Rooms } from '@homeroom/controller/fleet/rooms.ts';
import { wholeList } from '@homeroom/controller/store/page.ts';
import type { Change } from '@homeroom/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { admin } from './support/test-fleet.ts';

let server: TestServer;
let database: TestDatabase;
let rooms: Rooms;
let roomTeachers: RoomTeachers;
let access: RoomAccess;
let announced: Change[];
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  database = await server.createDatabase();
  announced = [];
  const changes = { announce: (change: Change) => announced.push(change), subscribe: () => () => undefined };
  rooms = new Rooms({ db: database.db, changes });
  roomTeachers = new RoomTeachers({ db: database.db, changes });
  access = new RoomAccess(database);
});
afterEach(() => database[Symbol.asyncDispose]());

const nowhere = '00000000-0000-4000-8000-000000000000';

async function person<Role extends 'student' | 'teacher' | 'admin'>(username: string, role: Role) {
  const sql =
    'insert into users (username, account, display_name, role) values ($1, $1, $1, $2) returning id';
  const [made] = await database.db.query<{ id: string }>(sql, [username, role]);
  return { id: made?.id ?? '', role };
}

it('gives a room without named teachers to all that there are, the first one too', async () => {
  const [ada, bob] = [await person('ada', 'teacher'), await person('bob', 'teacher')];
  await person('sam', 'student');
  await rooms.ensureFirst();
  const [first] = (await rooms.page(wholeList)).items;
  const lab = await rooms.create('Lab', admin);
  expect([first?.teachers, lab.teachers]).toEqual([
    [ada.id, bob.id],
    [ada.id, bob.id],
  ]);
  const late = await person('cyd', 'teacher');
  expect((await rooms.page(wholeList, late.id)).items).toEqual([]);
});

it('gives a room to whom is named alone', async () => {
  const [ada, bob] = [await person('ada', 'teacher'), await person('bob', 'teacher')];
  const [sam, boss] = [await person('sam', 'student'), await person('boss', 'admin')];
  const lab = await rooms.create('Lab', admin, [bob.id]);
  const hall = await rooms.create('Hall', admin, []);
  const seat = await rooms.createSeat(lab.id, 'Seat 1', admin);
  expect(await Promise.all([ada, bob, sam, boss].map((each) => access.mayUse(each, lab.id)))).toEqual([
    false,
    true,
    false,
    true,
  ]);
  expect(await Promise.all([ada, bob, boss].map((each) => access.mayUseSeat(each, seat.id)))).toEqual([
    false,
    true,
    true,
  ]);
  expect(await Promise.all([bob, boss].map((each) => access.mayUse(each, hall.id)))).toEqual([false, true]);
  expect(await access.mayUse(boss, nowhere)).toBe(false);
  expect(await access.mayUse(boss, 'nonsense')).toBe(false);
  expect((await rooms.page(wholeList, bob.id)).items.map(({ name }) => name)).toEqual(['Lab']);
  expect((await rooms.pageOfSeats(undefined, wholeList, bob.id)).items.map(({ id }) => id)).toEqual([
    seat.id,
  ]);
  expect((await rooms.pageOfSeats(lab.id, wholeList, ada.id)).items).toEqual([]);
});

it('takes a room away at once, tells those concerned, and writes down who did', async () => {
  const [ada, bob] = [await person('ada', 'teacher'), await person('bob', 'teacher')];
  const lab = await rooms.create('Lab', admin, [ada.id]);
  announced = [];
  await roomTeachers.set(lab.id, [bob.id, bob.id], admin);
  expect((await rooms.get(lab.id))?.teachers).toEqual([bob.id]);
  expect(await access.mayUse(ada, lab.id)).toBe(false);
  expect(announced).toEqual([
    { kind: 'room', id: lab.id },
    { kind: 'user', id: ada.id },
    { kind: 'user', id: bob.id },
  ]);
  const lines = await database.db.query(
    `select subject, before, after from audit_log where action = 'room.teachers'`,
  );
  expect(lines).toEqual([{ subject: lab.id, before: { teachers: [ada.id] }, after: { teachers: [bob.id] } }]);
});

it('refuses who is no teacher, and changes nothing then', async () => {
  const [ada, sam] = [await person('ada', 'teacher'), await person('sam', 'student')];
  const lab = await rooms.create('Lab', admin, [ada.id]);
  for (const wrong of [sam.id, nowhere, 'nonsense']) {
    await expect(roomTeachers.set(lab.id, [wrong], admin)).rejects.toThrow(/not_found/);
    await expect(rooms.create('Hall', admin, [wrong])).rejects.toThrow(/not_found/);
  }
  await expect(roomTeachers.set(nowhere, [ada.id], admin)).rejects.toThrow(/not_found/);
  expect((await rooms.page(wholeList)).items).toMatchObject([{ name: 'Lab', teachers: [ada.id] }]);
});

it('knows which teachers a change is for', async () => {
  const { db } = database;
  const ada = await person('ada', 'teacher');
  const lab = await rooms.create('Lab', admin, [ada.id]);
  const seat = await rooms.createSeat(lab.id, 'Seat 1', admin);
  await db.query(`insert into devices (id, name, seat_id) values ('pi-1', 'Pi 1', $1)`, [seat.id]);
  await db.query(`insert into devices (id, name) values ('pi-2', 'Pi 2')`);
  const hers = new Set([ada.id]);
  expect(await access.teachersOf({ kind: 'room', id: lab.id })).toEqual(hers);
  expect(await access.teachersOf({ kind: 'seat', id: seat.id })).toEqual(hers);
  expect(await access.teachersOf({ kind: 'device', id: 'pi-1' })).toEqual(hers);
  expect(await access.teachersOf({ kind: 'device', id: 'pi-2' })).toEqual(new Set());
  expect(await access.teachersOf({ kind: 'device', id: 'gone' })).toBeUndefined();
  expect(await access.teachersOf({ kind: 'session', id: nowhere })).toBeUndefined();
  expect(await access.teachersOf({ kind: 'pool', id: 'desktop' })).toBeUndefined();
  expect(await access.mayUseDevice(ada, 'pi-1')).toBe(true);
  expect(await access.mayUseDevice(ada, 'pi-2')).toBe(false);
  expect(await access.mayUseDevice({ ...ada, role: 'admin' }, 'pi-2')).toBe(true);
});
