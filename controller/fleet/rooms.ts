import { type ErrorCode, HomeroomError, type Room, type Seat } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { type Page, type PageRequest, readPage, wholeList } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';

const firstRoomName = 'Room 1';

const roomSql = `
select r.id, r.name, r.created_at, count(s.id)::int as seats from rooms r left join seats s on s.room_id = r.id`;

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

  /** Make the first room of a new installation. Does nothing when there is any. @throws database_unavailable */
  async ensureFirst(): Promise<void> {
    const sql =
      'insert into rooms (name) select $1 where not exists (select from rooms) on conflict do nothing';
    await this.#db.query(sql, [firstRoomName]);
  }

  /** @throws database_unavailable */
  page(page: PageRequest): Promise<Page<Room>> {
    return readPage<RoomRow, Room>(this.#db, { sql: `${roomSql} group by r.id`, page, toItem: toRoom });
  }

  /** @returns undefined when there is no such room @throws database_unavailable */
  async get(id: string): Promise<Room | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.#db.query<RoomRow>(`${roomSql} where r.id = $1 group by r.id`, [id]);
    return row && toRoom(row);
  }

  /** @throws conflict when there is a room of that name, database_unavailable */
  async create(name: string, actor: Actor): Promise<Room> {
    const id = await this.#write('room.create', actor, 'insert into rooms (name) values ($1) returning id', [
      name,
    ]);
    this.#changes.announce({ kind: 'room', id });
    return { id, name, seats: 0 };
  }

  /** @param roomId of all rooms when absent @throws database_unavailable */
  async pageOfSeats(roomId: string | undefined, page: PageRequest): Promise<Page<Seat>> {
    if (roomId !== undefined && !isUuid(roomId)) return { items: [], next: null };
    const sql = `${seatSql} where $1::uuid is null or s.room_id = $1`;
    return await readPage(this.#db, { sql, values: [roomId ?? null], page, toItem: toSeat });
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
    await this.#write('seat.rename', actor, renameSql('seats'), [id, name], 'seat_unknown');
    const seat = await this.seat(id);
    if (!seat) throw new HomeroomError('seat_unknown');
    this.#changes.announce({ kind: 'seat', id });
    return seat;
  }

  /** @param missing the code for when the statement returns no row */
  async #write(
    action: string,
    actor: Actor,
    sql: string,
    values: readonly string[],
    missing: ErrorCode = 'not_found',
  ): Promise<string> {
    try {
      return await this.#db.transaction(async (tx) => {
        const [row] = await tx.query<{ id: string; before?: string }>(sql, values);
        if (!row) throw new HomeroomError(missing);
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

function toRoom({ id, name, seats }: RoomRow): Room {
  return { id, name, seats };
}

function toSeat({ id, name, room_id, device, session, template, limit_s, x, y }: SeatRow): Seat {
  const guest = template === null ? null : { template, limitS: limit_s };
  const position = x === null || y === null ? null : { x, y };
  return { id, name, room: room_id, device, session, guest, position };
}
