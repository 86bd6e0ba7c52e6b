/** Rooms, seats, and what a seat's kiosk shows. */
import { wholeList } from '@homeroom/controller/store/page.ts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { enrolDevice } from './support/enrol-device.ts';
import { FakeAgent } from './support/fake-agent.ts';
import { admin, startTestFleet, type TestFleet } from './support/test-fleet.ts';

let server: TestServer;
let database: TestDatabase;
let test: TestFleet;
let roomId: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  database = await server.createDatabase();
  test = await startTestFleet(database);
  roomId = (await test.fleet.rooms.page(wholeList)).items[0]?.id ?? '';
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const nowhere = '00000000-0000-4000-8000-000000000000';

it('begins with one room, and makes no second one at the next start', async () => {
  await test.fleet.rooms.ensureFirst();
  expect((await test.fleet.rooms.page(wholeList)).items).toEqual([
    { id: roomId, name: 'Room 1', seats: 0, teachers: [] },
  ]);
});

it('makes rooms and seats, and writes down who did', async () => {
  const { rooms } = test.fleet;
  const lab = await rooms.create('Lab', admin);
  const seats = await Promise.all(['Seat 10', 'Seat 2'].map((name) => rooms.createSeat(lab.id, name, admin)));
  expect(await rooms.get(lab.id)).toEqual({ id: lab.id, name: 'Lab', seats: 2, teachers: [] });
  const listed = await rooms.pageOfSeats(lab.id, wholeList);
  expect(new Set(listed.items)).toEqual(new Set(seats));
  expect((await rooms.pageOfSeats(roomId, wholeList)).items).toEqual([]);
  expect((await rooms.pageOfSeats(undefined, wholeList)).items).toHaveLength(2);
  const lines = await database.db.query(
    `select action, actor, after->>'name' as name from audit_log where action like '%.create' order by id`,
  );
  expect(lines[0]).toEqual({ action: 'room.create', actor: 'admin', name: 'Lab' });
  expect(lines).toHaveLength(3);
});

it('renames rooms and seats, and writes down who did', async () => {
  const { rooms } = test.fleet;
  const seat = await rooms.createSeat(roomId, 'Seat 1', admin);
  await rooms.createSeat(roomId, 'Seat 2', admin);
  expect(await rooms.rename(roomId, 'Library', admin)).toEqual({
    id: roomId,
    name: 'Library',
    seats: 2,
    teachers: [],
  });
  expect(await rooms.renameSeat(seat.id, 'By the window', admin)).toEqual({ ...seat, name: 'By the window' });
  const lines = await database.db.query(
    `select action, after->>'name' as name from audit_log where action like '%.rename' order by id`,
  );
  expect(lines).toEqual([
    { action: 'room.rename', name: 'Library' },
    { action: 'seat.rename', name: 'By the window' },
  ]);
  await expect(rooms.renameSeat(seat.id, 'Seat 2', admin)).rejects.toThrow(/conflict/);
  await expect(rooms.rename(nowhere, 'Lab', admin)).rejects.toThrow(/not_found/);
  await expect(rooms.renameSeat(nowhere, 'Seat 9', admin)).rejects.toThrow(/seat_unknown/);
});

it('refuses names that are taken and rooms that are not there', async () => {
  const { rooms } = test.fleet;
  await rooms.createSeat(roomId, 'Seat 1', admin);
  await expect(rooms.create('Room 1', admin)).rejects.toThrow(/conflict/);
  await expect(rooms.createSeat(roomId, 'Seat 1', admin)).rejects.toThrow(/conflict/);
  await expect(rooms.createSeat(nowhere, 'Seat 1', admin)).rejects.toThrow(/not_found/);
  await expect(rooms.createSeat('nonsense', 'Seat 1', admin)).rejects.toThrow(/not_found/);
  expect(await rooms.get('nonsense')).toBeUndefined();
  expect((await rooms.pageOfSeats('nonsense', wholeList)).items).toEqual([]);
});

it('lists the devices of one room', async () => {
  await enrolDevice(test, 'pi-1');
  await enrolDevice(test, 'pi-2');
  const seat = await test.fleet.rooms.createSeat(roomId, 'Seat 1', admin);
  await test.fleet.devices.patch('pi-2', { seat: seat.id }, admin);
  expect(
    (await test.fleet.devices.page({ room: roomId }, wholeList)).items.map(({ id, room }) => [id, room]),
  ).toEqual([['pi-2', roomId]]);
  expect((await test.fleet.devices.page({}, wholeList)).items).toHaveLength(2);
  expect((await test.fleet.rooms.pageOfSeats(roomId, wholeList)).items).toMatchObject([
    { device: 'pi-2', session: null },
  ]);
});

it('shows at a kiosk what its seat needs', async () => {
  const password = await enrolDevice(test, 'pi-1');
  const view = () => test.fleet.kioskViews.get('pi-1');
  expect(await view()).toMatchObject({ view: 'unassigned', seat: null, identify: false });
  const seat = await test.fleet.rooms.createSeat(roomId, 'Window', admin);
  await test.fleet.devices.patch('pi-1', { seat: seat.id, message: 'Look up' }, admin);
  expect(await view()).toMatchObject({
    view: 'message',
    message: 'Look up',
    seatName: 'Window',
    roomName: 'Room 1',
  });
  await test.fleet.devices.patch('pi-1', { message: null }, admin);
  expect(await view()).toMatchObject({ view: 'sign-in', session: null });
  await using _agent = await FakeAgent.connect({
    id: 'pi-1',
    password,
    port: test.port,
    handlers: { identify: () => ({}) },
  });
  await waitFor('it to be here', () => test.presence.isConnected('pi-1'));
  await test.messaging.commands.send('pi-1', 'identify', { seconds: 60 });
  expect(await view()).toMatchObject({ identify: true });
  await expect(test.fleet.kioskViews.get('pi-9')).rejects.toThrow(/device_unknown/);
});
