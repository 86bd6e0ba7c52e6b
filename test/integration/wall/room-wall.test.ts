/** The wall of a room: what a teacher sees of all its seats at once, and where they stand. */
import { Broadcasts } from '@homeroom/controller/broadcasts/broadcasts.ts';
import { ClassRuns } from '@homeroom/controller/classes/class-runs.ts';
import { Rooms } from '@homeroom/controller/fleet/rooms.ts';
import { Onlookers } from '@homeroom/controller/sessions/onlookers.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { wholeList } from '@homeroom/controller/store/page.ts';
import { RoomPlans } from '@homeroom/controller/wall/room-plans.ts';
import { RoomWalls } from '@homeroom/controller/wall/room-walls.ts';
import { type Change, HomeroomError, type Room, roomWall } from '@homeroom/protocol';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
let database: TestDatabase;
let room: Room;
let announced: Change[];
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  database = await server.createDatabase();
  announced = [];
  room = await furnish();
});
afterEach(() => database[Symbol.asyncDispose]());

const changes = {
  announce: (change: Change) => void announced.push(change),
  subscribe: () => () => undefined,
};
const plans = () => new RoomPlans({ db: database.db, changes });
const wallsOn = (db: Database) =>
  new RoomWalls({
    db,
    power: { ofRoom: async () => [] },
    runs: new ClassRuns({ db, changes, powers: { ofRoom: async () => [] } }),
    broadcasts: new Broadcasts({ db, changes }),
    onlookers: new Onlookers({ db }),
  });
const walls = () => wallsOn(database.db);

/** A room with a seat that has everything, one that has a device alone, and one that has nothing. */
async function furnish(): Promise<Room> {
  const { db } = database;
  const rooms = new Rooms({ db, changes });
  await rooms.ensureFirst();
  const [made] = (await rooms.page(wholeList)).items;
  if (!made) throw new Error('there is no room');
  for (const name of ['Seat 1', 'Seat 2', 'Seat 3']) await rooms.createSeat(made.id, name, systemActor);
  await db.query(`insert into templates (id, name, provider) values ('desk', 'Linux desktop', 'simulated')`);
  await db.query(
    `insert into users (username, display_name, role, account) values ('ada', 'Ada L.', 'student', 'ada')`,
  );
  await db.query(`
    insert into devices (id, name, seat_id, state) select 'pi-' || right(name, 1), name, id,
      '{"state": "ready", "since": "2026-01-01T00:00:00.000Z", "bootId": "b"}' from seats where name <> 'Seat 3'`);
  await db.query(`
    insert into sessions (user_id, template_id, seat_id, state, deadline_at)
    select u.id, 'desk', s.id, 'waiting', now() + interval '1 hour' from users u, seats s
    where u.username = 'ada' and s.name = 'Seat 1'`);
  announced.length = 0;
  return made;
}

const seatIds = async () =>
  (await database.db.query<{ id: string }>('select id from seats order by name')).map(({ id }) => id);

it('shows every seat with its device and who sits there', async () => {
  const wall = await walls().of(room);
  expect(v.parse(roomWall, wall)).toEqual(wall);
  const brief = wall.seats.map(({ name, device, connection, session }) => [
    name,
    device,
    connection,
    session?.displayName ?? null,
    session?.templateName ?? null,
  ]);
  expect(brief).toEqual([
    ['Seat 1', 'pi-1', 'ready', 'Ada L.', 'Linux desktop'],
    ['Seat 2', 'pi-2', 'ready', null, null],
    ['Seat 3', null, 'none', null, null],
  ]);
});

it('asks the database as often for thirty seats as for three', async () => {
  const count = async () => {
    let asked = 0;
    const db = new Proxy(database.db, {
      get: (target, key, receiver) => {
        if (key === 'query') asked += 1;
        const value: unknown = Reflect.get(target, key, receiver);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    await wallsOn(db).of(room);
    return asked;
  };
  const few = await count();
  await database.db.query(
    `insert into seats (room_id, name) select $1, 'More ' || n from generate_series(1, 27) n`,
    [room.id],
  );
  expect(await count()).toBe(few);
});

it('keeps where seats stand, and takes a place away again', async () => {
  const [first = '', second = ''] = await seatIds();
  const placed = { seats: [first, second].map((seat) => ({ seat, position: { x: 0.25, y: 0.75 } })) };
  await plans().place(room.id, placed, systemActor);
  await plans().place(room.id, { seats: [{ seat: second, position: null }] }, systemActor);
  const positions = (await walls().of(room)).seats.map(({ position }) => position);
  expect(positions).toEqual([{ x: 0.25, y: 0.75 }, null, null]);
  expect(announced).toEqual([
    { kind: 'room', id: room.id },
    { kind: 'room', id: room.id },
  ]);
  const lines = await database.db.query(
    `select details from audit_log where action = 'room.plan' order by id`,
  );
  expect(lines).toEqual([{ details: { seats: 2 } }, { details: { seats: 1 } }]);
});

it('places no seat at all when one of them is in another room, or is none', async () => {
  const [first = ''] = await seatIds();
  const position = { x: 0, y: 0 };
  for (const stranger of ['00000000-0000-4000-8000-000000000000', 'none']) {
    const request = { seats: [first, stranger].map((seat) => ({ seat, position })) };
    await expect(plans().place(room.id, request, systemActor)).rejects.toThrow(
      new HomeroomError('seat_unknown', 'A seat of this plan is not in this room.'),
    );
  }
  expect((await walls().of(room)).seats[0]?.position).toBeNull();
});
