import { hashPassword } from '@homeroom/controller/fleet/device-credentials.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import type { BenchController } from '../../bench/support/bench-controller.ts';
import { SimulatedSeat } from '../../support/simulated-seat.ts';

/** A room with seats that are simulated, and a class that comes there. */
export interface SimulatedRoom {
  readonly id: string;
  readonly seats: readonly SimulatedSeat[];
}

export interface RoomOptions {
  readonly db: Database;
  readonly controller: BenchController;
  readonly count: number;
  /** What a seat's screen shows, by its number. */
  readonly picture: (seat: number) => string;
}

const devicePassword = 'a password that every seat here has';

/** Seats with devices, as if they had enrolled. */
const seatsSql = `
with here as (select id from rooms where name = 'Room 1'),
made as (
  insert into seats (room_id, name) select here.id, 'Seat ' || n from here, generate_series(1, $1) n
  returning id, name
)
insert into devices (id, name, seat_id, credential_hash, credential_issued_at)
select 'pi-' || split_part(name, ' ', 2), name, id, $2, now() from made`;

/** A template whose desktops are nothing but rows, and a group of students. */
const classSql = `
with template as (
  insert into templates (id, name, provider) values ('class', 'Class desktop', 'simulated') returning id
), pool as (
  insert into pools (template_id, warm_minimum, maximum) select id, 0, 60 from template
), pupils as (
  insert into users (username, display_name, role, account)
  select 'pupil' || n, (array['Ada','Alan','Barbara','Claude','Donald','Edsger','Frances','Grace','Hedy','John'])[1 + n % 10]
    || ' ' || chr(64 + n), 'student', 'pupil' || n from generate_series(1, $1) n returning id
), class as (
  insert into groups (name) values ('Class 7a') returning id
)
insert into group_members (group_id, user_id) select class.id, pupils.id from class, pupils`;

/** Have a desktop's stream open, so that it counts as worked at: no page stands before a simulated one. */
const workSql = `
update sessions s set state = 'active', deadline_at = null, streams = 1, streams_seen_at = now() + interval '1 hour'
from users u where u.id = s.user_id and u.display_name = $1 and s.state = 'starting'
returning s.id`;

/** @returns whether somebody of the class works now: their session had just been started */
export async function letWork(db: Database, student: string): Promise<boolean> {
  return (await db.query(workSql, [student])).length === 1;
}

/** A seat whose power somebody holds off by hand, at a relay that was never heard. */
export async function holdPowerOff(controller: BenchController, room: string, seat: string): Promise<void> {
  await controller.ask('POST', '/relays', { id: 'strip', kind: 'board', room, channels: 1 });
  await controller.ask('PUT', '/relays/strip/channels/0', { seat, load: 'seat' });
  await controller.ask('PUT', `/seats/${seat}/power/override`, { on: false });
}

/** @returns the room, once every agent is there */
export async function openSimulatedRoom({
  db,
  controller,
  count,
  picture,
}: RoomOptions): Promise<SimulatedRoom> {
  await db.query(seatsSql, [count, hashPassword(devicePassword)]);
  await db.query(classSql, [count - 4]);
  const [room] = await db.query<{ id: string }>(`select id from rooms where name = 'Room 1'`);
  const connect = (_: unknown, index: number) =>
    SimulatedSeat.connect({
      id: `pi-${index + 1}`,
      password: devicePassword,
      port: controller.mqttPort,
      picture: () => picture(index + 1),
    });
  const seats = await Promise.all(Array.from({ length: count }, connect));
  return { id: room?.id ?? '', seats };
}
