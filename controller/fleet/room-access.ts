/**
 * Who may see and run which room: admins all of them, teachers those that were given to them. What stands in a room of
 * others is for a teacher as if it were not there.
 */
import type { Change, ChangeKind, Role } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import { isUuid } from '../store/uuid.ts';

/** As much of an account as the rule needs. */
export interface RoomUser {
  readonly id: string;
  readonly role: Role;
}

/** Where something stands, by its id: one row with its room, null outside of all rooms; no row when it is gone. */
const placeSql: Partial<Record<ChangeKind, string>> = {
  room: 'select id as room from rooms where id = $1',
  seat: 'select room_id as room from seats where id = $1',
  device: 'select s.room_id as room from devices d left join seats s on s.id = d.seat_id where d.id = $1',
  session: 'select s.room_id as room from sessions x left join seats s on s.id = x.seat_id where x.id = $1',
  lesson: 'select room_id as room from lessons where id = $1',
  relay: 'select room_id as room from relays where id = $1',
  'hdmi-switch': 'select room_id as room from hdmi_switches where id = $1',
  'class-run': 'select room_id as room from class_runs where id = $1',
  message: 'select room_id as room from room_messages where id = $1',
  broadcast: 'select room_id as room from broadcasts where id = $1',
  'file-round': 'select room_id as room from file_rounds where id = $1',
};

/** Their ids are names that people know; everything else has a UUID. */
const hasOwnName: ReadonlySet<ChangeKind> = new Set(['device', 'relay']);

/** Outside of all rooms these are every teacher's; devices, relays and switches are then for admins. */
const isForAllWithoutRoom: ReadonlySet<ChangeKind> = new Set(['session', 'lesson']);

/**
 * The rule as a condition, for lists.
 *
 * @param teacher the placeholder of a teacher's id; null for no limit
 * @param room the column with the room's id; where that is null it is nobody's
 */
export function isRoomOf(teacher: string, room: string): string {
  return `(${teacher}::uuid is null or exists (
    select from room_teachers rt where rt.room_id = ${room} and rt.user_id = ${teacher}))`;
}

/** The rule, asked of the database each time: a room that was taken away is gone at once. */
export class RoomAccess {
  readonly #db: Queryable;

  constructor({ db }: { db: Queryable }) {
    this.#db = db;
  }

  /** @returns whether a person may see and run a room; false when there is no such room @throws database_unavailable */
  async mayUse({ id, role }: RoomUser, roomId: string): Promise<boolean> {
    if (role === 'student' || !isUuid(roomId)) return false;
    const sql =
      role === 'admin'
        ? 'select from rooms where id = $1'
        : 'select from room_teachers where room_id = $1 and user_id = $2';
    return (await this.#db.query(sql, role === 'admin' ? [roomId] : [roomId, id])).length > 0;
  }

  /** {@link mayUse} of the room that a seat stands in. */
  async mayUseSeat(person: RoomUser, seatId: string): Promise<boolean> {
    const room = await this.#roomOf('seat', seatId);
    return typeof room === 'string' && this.mayUse(person, room);
  }

  /** {@link mayUse} of the room where a device stands; one without a seat is for admins. */
  async mayUseDevice(person: RoomUser, deviceId: string): Promise<boolean> {
    const room = await this.#roomOf('device', deviceId);
    if (room === undefined) return false;
    return room === null ? person.role === 'admin' : this.mayUse(person, room);
  }

  /**
   * Which teachers a change is for. The id of something that is gone tells nothing, so all of them may hear it.
   *
   * @returns their ids; undefined when it is for every teacher
   * @throws database_unavailable
   */
  async teachersOf({ kind, id }: Change): Promise<ReadonlySet<string> | undefined> {
    if (!placeSql[kind]) return undefined;
    const room = await this.#roomOf(kind, id);
    if (room === undefined) return undefined;
    if (room === null) return isForAllWithoutRoom.has(kind) ? undefined : new Set();
    const sql = 'select user_id from room_teachers where room_id = $1';
    const rows = await this.#db.query<{ user_id: string }>(sql, [room]);
    return new Set(rows.map(({ user_id: teacher }) => teacher));
  }

  /** @returns null outside of all rooms, undefined when there is no such thing */
  async #roomOf(kind: ChangeKind, id: string): Promise<string | null | undefined> {
    const sql = placeSql[kind];
    // PostgreSQL takes nothing less for a UUID.
    if (sql === undefined || (!hasOwnName.has(kind) && !isUuid(id))) return undefined;
    const [row] = await this.#db.query<{ room: string | null }>(sql, [id]);
    return row?.room;
  }
}
