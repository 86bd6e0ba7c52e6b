import { type ErrorCode, HomeroomError, type Room, type Seat } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { type Page, type PageRequest, readPage, wholeList } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';
import { isRoomOf } from './room-access.ts';
import { giveToTeachers, roomTeachersColumn } from './room-teachers.ts';

const firstRoomName = 'Room 1';

const roomSql = `
select r.id, r.name, r.created_at,
  (select count(*) from seats s where s.room_id = r.id)::int as seats, ${roomTeachersColumn} as teachers
from rooms r`;

interface SeatRow {
  readonly id: string;
  readonly name: string;
  readonly room_id: string;
  readonly device: string | null;
  readonly session: string | null;
  readonly template: string | null;
  readonly limit_s: number | null;
  readonly x: number | null;
  readonly y: number | null;
  readonly created_at: Date;
}

type RoomRow = Room & { readonly created_at: Date };
type Alongside = (tx: Queryable, id: string) => Promise<void>;

const seatSql = `
select s.id, s.name, s.room_id, s.x, s.y, s.created_at, d.id as device, x.id as session,
  s.guest_template_id as template, s.guest_limit_s as limit_s
from seats s left join devices d on d.seat_id = s.id
  left join sessions x on x.seat_id = s.id and x.state <> 'ended'`;

const renameSql = (table: 'rooms' | 'seats') => `
with old as (select id, name from ${table} where id = $1 for update)
update ${table} set name = $2 from old where ${table}.id = old.id returning ${table}.id, old.name as before`;

/** Rooms and their seats. */
export class Rooms {
  readonly #db: Database;
  readonly #changes: Changes;

  constructor({ db, changes }: { db: Database; changes: Changes }) {
    this.#db = db;
    this.#changes = changes;
  }

  /**
   * Make the first room of a new installation, for the teachers that there are. Does nothing when there is any.
   *
   * @throws database_unavailable
   */
  async ensureFirst(): Promise<void> {
    await this.#db.transaction(async (tx) => {
      const sql =
        'insert into rooms (name) select $1 where not exists (select from rooms) on conflict do nothing returning id';
      const [made] = await tx.query<{ id: string }>(sql, [firstRoomName]);
      if (made) await giveToTeachers(tx, made.id, undefined);
    });
  }

  /** @param teacher whose rooms alone; all when null @throws database_unavailable */
  page(page: PageRequest, teacher: string | null = null): Promise<Page<Room>> {
    const sql = `${roomSql} where ${isRoomOf('$1', 'r.id')}`;
    return readPage<RoomRow, Room>(this.#db, { sql, values: [teacher], page, toItem: toRoom });
  }

  /** @returns undefined when there is no such room @throws database_unavailable */
  async get(id: string): Promise<Room | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.#db.query<RoomRow>(`${roomSql} where r.id = $1`, [id]);
    return row && toRoom(row);
  }

  /**
   * @param teachers whose room it is; when absent, every teacher's that there is
   * @throws conflict when there is a room of that name, not_found when one of them is no teacher, database_unavailable
   */
  async create(name: string, actor: Actor, teachers?: readonly string[]): Promise<Room> {
    const id = await this.#write(
      'room.create',
      actor,
      'insert into rooms (name) values ($1) returning id',
      [name],
      { alongside: (tx, made) => giveToTeachers(tx, made, teachers) },
    );
    this.#changes.announce({ kind: 'room', id });
    const room = await this.get(id);
    if (!room) throw new HomeroomError('not_found');
    return room;
  }

  /**
   * @param roomId of all rooms when absent
   * @param teacher of their rooms alone; of all when null
   * @throws database_unavailable
   */
  async pageOfSeats(
    roomId: string | undefined,
    page: PageRequest,
    teacher: string | null = null,
  ): Promise<Page<Seat>> {
    if (roomId !== undefined && !isUuid(roomId)) return { items: [], next: null };
    const sql = `${seatSql} where ($1::uuid is null or s.room_id = $1) and ${isRoomOf('$2', 's.room_id')}`;
    return await readPage(this.#db, { sql, values: [roomId ?? null, teacher], page, toItem: toSeat });
  }

  /** @returns undefined when there is no such seat @throws database_unavailable */
  async seat(id: string): Promise<Seat | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.#db.query<SeatRow>(`${seatSql} where s.id = $1`, [id]);
    return row && toSeat(row);
  }

  /** @throws not_found when there is no such room, conflict when it has a seat of that name, database_unavailable */
  async createSeat(roomId: string, name: string, actor: Actor): Promise<Seat> {
    if (!isUuid(roomId)) throw new HomeroomError('not_found');
    const sql = 'insert into seats (room_id, name) values ($1, $2) returning id';
    const id = await this.#write('seat.create', actor, sql, [roomId, name]);
    this.#changes.announce({ kind: 'seat', id });
    this.#changes.announce({ kind: 'room', id: roomId });
    return { id, name, room: roomId, device: null, session: null, guest: null, position: null };
  }

  /** @throws not_found, conflict when another room has that name, database_unavailable */
  async rename(id: string, name: string, actor: Actor): Promise<Room> {
    if (!isUuid(id)) throw new HomeroomError('not_found');
    await this.#write('room.rename', actor, renameSql('rooms'), [id, name]);
    const [room, seats] = await Promise.all([this.get(id), this.pageOfSeats(id, wholeList)]);
    if (!room) throw new HomeroomError('not_found');
    this.#changes.announce({ kind: 'room', id });
    // The screens of its seats show its name, too.
    for (const seat of seats.items) this.#changes.announce({ kind: 'seat', id: seat.id });
    return room;
  }

  /** @throws seat_unknown, conflict when the room has another seat of that name, database_unavailable */
  async renameSeat(id: string, name: string, actor: Actor): Promise<Seat> {
    if (!isUuid(id)) throw new HomeroomError('seat_unknown');
    await this.#write('seat.rename', actor, renameSql('seats'), [id, name], {
      missing: 'seat_unknown',
    });
    const seat = await this.seat(id);
    if (!seat) throw new HomeroomError('seat_unknown');
    this.#changes.announce({ kind: 'seat', id });
    return seat;
  }

  /**
   * @param more.missing the code for when the statement returns no row
   * @param more.alongside what belongs into the same transaction
   */
  async #write(
    action: string,
    actor: Actor,
    sql: string,
    values: readonly string[],
    { missing = 'not_found', alongside }: { missing?: ErrorCode; alongside?: Alongside } = {},
  ): Promise<string> {
    try {
      return await this.#db.transaction(async (tx) => {
        const [row] = await tx.query<{ id: string; before?: string }>(sql, values);
        if (!row) throw new HomeroomError(missing);
        await alongside?.(tx, row.id);
        const { userId, username, address } = actor;
        await record(tx, {
          actor: { id: userId, username },
          action,
          subject: row.id,
          before: row.before === undefined ? undefined : { name: row.before },
          after: { name: values.at(-1) },
          address,
        });
        return row.id;
      });
    } catch (caught) {
      const kind = violationOf(caught)?.kind;
      if (kind === 'unique') throw new HomeroomError('conflict', 'That name is taken.', { cause: caught });
      if (kind === 'foreign-key') throw new HomeroomError('not_found', undefined, { cause: caught });
      throw caught;
    }
  }
}

function toRoom({ id, name, seats, teachers }: RoomRow): Room {
  return { id, name, seats, teachers };
}

function toSeat({ id, name, room_id, device, session, template, limit_s, x, y }: SeatRow): Seat {
  const guest = template === null ? null : { template, limitS: limit_s };
  const position = x === null || y === null ? null : { x, y };
  return { id, name, room: room_id, device, session, guest, position };
}
