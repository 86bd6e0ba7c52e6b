import { HomeroomError } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Database, Queryable } from '../store/database.ts';

export interface BroadcastStart {
  readonly roomId: string;
  /** Whose desktop is shown. */
  readonly sessionId: string;
  /** Some of the room's; absent for all of it. */
  readonly seats?: readonly string[] | undefined;
  readonly forS: number;
  readonly actor: Actor;
}

/** Two who start at once take turns. */
const lockSql = 'select id from rooms where id = $1 for update';

/** Its end waits for the commit: a desktop that is shown is there. */
const sourceSql = 'select state from sessions where id = $1 for share';

const seatsSql = 'select id from seats where room_id = $1 and ($2::uuid[] is null or id = any($2))';

const replaceSql = `
update broadcasts b set ended_at = now(), end_reason = case
  when s.state = 'ended' then 'source-ended' when b.expires_at <= now() then 'expired' else 'replaced' end
from sessions s where s.id = b.session_id and b.room_id = $1 and b.ended_at is null
returning b.id, b.session_id as "sessionId"`;

const insertSql = `
insert into broadcasts (room_id, session_id, started_by, expires_at)
values ($1, $2, $3, now() + make_interval(secs => $4)) returning id`;

const insertSeatsSql = 'insert into broadcast_seats (broadcast_id, seat_id) select $1, unnest($2::uuid[])';

/**
 * Write a broadcast down, and the end of the one that it replaces.
 *
 * @throws not_found (the room), seat_unknown, session_ended, session_not_ready, database_unavailable
 */
export async function startBroadcast(
  db: Database,
  start: BroadcastStart,
): Promise<{ id: string; replaced: { id: string; sessionId: string }[] }> {
  const { roomId, sessionId, forS, actor } = start;
  return await db.transaction(async (tx) => {
    const [room] = await tx.query(lockSql, [roomId]);
    if (!room) throw new HomeroomError('not_found');
    await requireSource(tx, sessionId);
    const seats = await seatsOf(tx, start);
    const replaced = await tx.query<{ id: string; sessionId: string }>(replaceSql, [roomId]);
    const values = [roomId, sessionId, actor.userId, forS];
    const [row] = await tx.query<{ id: string }>(insertSql, values);
    if (!row) throw new HomeroomError('internal', 'the new broadcast was not returned');
    await tx.query(insertSeatsSql, [row.id, seats]);
    await record(tx, {
      actor: { id: actor.userId, username: actor.username },
      action: 'broadcast.start',
      subject: row.id,
      details: { room: roomId, session: sessionId, seats: seats.length, forS },
      address: actor.address,
    });
    return { id: row.id, replaced };
  });
}

async function requireSource(tx: Queryable, sessionId: string): Promise<void> {
  const [source] = await tx.query<{ state: string }>(sourceSql, [sessionId]);
  if (!source || source.state === 'ended') throw new HomeroomError('session_ended');
  if (source.state === 'waiting') throw new HomeroomError('session_not_ready');
}

async function seatsOf(tx: Queryable, { roomId, seats }: BroadcastStart): Promise<string[]> {
  const found = await tx.query<{ id: string }>(seatsSql, [roomId, seats ?? null]);
  if (seats && found.length < new Set(seats).size) throw new HomeroomError('seat_unknown');
  return found.map(({ id }) => id);
}
