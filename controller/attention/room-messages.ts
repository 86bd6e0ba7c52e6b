/**
 * Messages to a room. A message lies over whatever a seat shows until somebody there has read it, it is taken back, or
 * its time is over. A seat shows one at a time, the oldest first: none is covered before it is read.
 */
import { HomeroomError, type RoomMessage, type RoomMessageRequest } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';
import { chosenSeats } from './chosen-seats.ts';
import { tellSeats } from './room-controls.ts';

export interface RoomMessagesOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
}

interface Row extends Omit<RoomMessage, 'sentAt' | 'expiresAt' | 'withdrawnAt' | 'receipts'> {
  readonly receipts: { seat: string; seatName: string; shownMs: number | null; readMs: number | null }[];
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly withdrawn_at: Date | null;
}

const selectSql = `
select m.id, m.room_id as room, m.text, u.display_name as "sentBy", m.created_at, m.expires_at, m.withdrawn_at, (
    select coalesce(json_agg(json_build_object(
      'seat', s.id, 'seatName', s.name,
      'shownMs', extract(epoch from r.shown_at) * 1000, 'readMs', extract(epoch from r.read_at) * 1000
    ) order by s.created_at, s.id), '[]')
    from message_receipts r join seats s on s.id = r.seat_id where r.message_id = m.id
  ) as receipts
from room_messages m left join users u on u.id = m.sent_by`;

const insertSql = `
insert into room_messages (room_id, text, sent_by, expires_at)
values ($1, $2, $3, now() + make_interval(secs => $4)) returning id`;
const addresseesSql =
  'insert into message_receipts (message_id, seat_id) select $1, seat from unnest($2::uuid[]) seat';

const withdrawSql = `
update room_messages set withdrawn_at = coalesce(withdrawn_at, now()) where id = $1 returning room_id as room`;
const seatsOfSql = 'select seat_id as seat from message_receipts where message_id = $1';

const markSql = (mark: string) => `
update message_receipts r set ${mark} from devices d
where d.id = $2 and r.seat_id = d.seat_id and r.message_id = $1 returning r.seat_id as seat`;
const shownSql = markSql('shown_at = coalesce(shown_at, now())');
const readSql = markSql('shown_at = coalesce(shown_at, now()), read_at = coalesce(read_at, now())');

/** What teachers said to rooms, and who has seen it. */
export class RoomMessages {
  readonly #options: RoomMessagesOptions;

  constructor(options: RoomMessagesOptions) {
    this.#options = options;
  }

  /** Say something to seats of a room. @throws not_found, seat_unknown, database_unavailable */
  async send(room: string, { text, seats, forS }: RoomMessageRequest, actor: Actor): Promise<RoomMessage> {
    const { db, changes } = this.#options;
    const { id, chosen } = await db.transaction(async (tx) => {
      const rows = await chosenSeats(tx, room, seats);
      const [made] = await tx.query<{ id: string }>(insertSql, [room, text, actor.userId, forS]);
      if (!made) throw new HomeroomError('internal', 'a message got no id');
      await tx.query(addresseesSql, [made.id, rows.map(({ seat }) => seat)]);
      const details = { message: made.id, text, forS, ...(seats && { seats }) };
      await record(tx, { ...whoOf(actor), action: 'room.message', subject: room, details });
      return { id: made.id, chosen: rows };
    });
    // Of its device nothing changes but what its seat makes of it: one change spares thirty kiosks a second look each.
    tellSeats(changes, chosen.map(withoutDevice));
    changes.announce({ kind: 'message', id });
    return await this.#read(id);
  }

  /** @returns what was said to a room, the newest first @throws database_unavailable */
  page(room: string, page: PageRequest): Promise<Page<RoomMessage>> {
    const sql = `${selectSql} where m.room_id = $1`;
    const values = [isUuid(room) ? room : null];
    return readPage<Row, RoomMessage>(this.#options.db, {
      sql,
      values,
      page,
      order: 'newest-first',
      toItem: toMessage,
    });
  }

  /** @returns undefined when there is no such message */
  async get(id: string): Promise<RoomMessage | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.#options.db.query<Row>(`${selectSql} where m.id = $1`, [id]);
    return row && toMessage(row);
  }

  /** Take a message back from every screen; may be repeated. @throws not_found, database_unavailable */
  async withdraw(id: string, actor: Actor): Promise<void> {
    const { db, changes } = this.#options;
    if (!isUuid(id)) throw new HomeroomError('not_found');
    const seats = await db.transaction(async (tx) => {
      const [row] = await tx.query<{ room: string }>(withdrawSql, [id]);
      if (!row) throw new HomeroomError('not_found');
      const details = { message: id };
      await record(tx, { ...whoOf(actor), action: 'room.withdraw-message', subject: row.room, details });
      return await tx.query<{ seat: string }>(seatsOfSql, [id]);
    });
    tellSeats(changes, seats.map(withoutDevice));
    changes.announce({ kind: 'message', id });
  }

  /** The page of a device has shown a message; may be repeated. @throws not_found when it was not sent there */
  async shown(id: string, device: string): Promise<void> {
    await this.#mark(shownSql, id, device);
  }

  /** Somebody at a device has read a message; may be repeated. @throws not_found when it was not sent there */
  async read(id: string, device: string): Promise<void> {
    const seat = await this.#mark(readSql, id, device);
    // What lay under it comes back.
    tellSeats(this.#options.changes, [{ seat, device: null }]);
  }

  async #mark(sql: string, id: string, device: string): Promise<string> {
    const { db, changes } = this.#options;
    const [marked] = isUuid(id) ? await db.query<{ seat: string }>(sql, [id, device]) : [];
    if (!marked) throw new HomeroomError('not_found');
    changes.announce({ kind: 'message', id });
    return marked.seat;
  }

  async #read(id: string): Promise<RoomMessage> {
    const message = await this.get(id);
    if (!message) throw new HomeroomError('not_found');
    return message;
  }
}

function withoutDevice({ seat }: { seat: string }) {
  return { seat, device: null };
}

function whoOf({ userId, username, address }: Actor) {
  return { actor: { id: userId, username }, address };
}

function toMessage({ created_at, expires_at, withdrawn_at, receipts, ...row }: Row): RoomMessage {
  return {
    ...row,
    receipts: receipts.map(({ shownMs, readMs, ...of }) => ({
      ...of,
      shownAt: timeOf(shownMs),
      readAt: timeOf(readMs),
    })),
    sentAt: created_at.toISOString(),
    expiresAt: expires_at.toISOString(),
    withdrawnAt: withdrawn_at?.toISOString() ?? null,
  };
}

function timeOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
