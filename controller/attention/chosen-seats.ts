import { HomeroomError } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import { isUuid } from '../store/uuid.ts';

/** A seat of a room that something is done to, and the device on it. */
export interface ChosenSeat {
  readonly seat: string;
  /** Null where no device stands. */
  readonly device: string | null;
  readonly isRevoked: boolean;
  readonly isConnected: boolean;
}

const roomSql = 'select from rooms where id = $1';
const seatsSql = `
select s.id as seat, d.id as device, d.revoked_at is not null as "isRevoked",
  d.revoked_at is null and coalesce(d.state->>'state' = 'ready', false) as "isConnected"
from seats s left join devices d on d.seat_id = s.id
where s.room_id = $1 and ($2::text[] is null or s.id::text = any($2)) order by s.created_at, s.id`;

/**
 * The seats of a room that a request means.
 *
 * @param seats all of the room's when absent
 * @throws not_found when there is no such room, seat_unknown when one of the seats stands elsewhere
 */
export async function chosenSeats(
  db: Queryable,
  room: string,
  seats: readonly string[] | undefined,
): Promise<ChosenSeat[]> {
  if (!isUuid(room) || (await db.query(roomSql, [room])).length === 0) throw new HomeroomError('not_found');
  const wanted = seats && [...new Set(seats)];
  const found = await db.query<ChosenSeat>(seatsSql, [room, wanted ?? null]);
  if (wanted && found.length < wanted.length) {
    const known = new Set(found.map(({ seat }) => seat));
    const missing = wanted.filter((seat) => !known.has(seat));
    throw new HomeroomError('seat_unknown', `This room has no seat ${missing[0]}.`);
  }
  return found;
}
