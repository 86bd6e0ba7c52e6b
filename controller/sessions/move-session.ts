import type { Actor } from '../store/actor.ts';
import type { Queryable } from '../store/database.ts';
import { explainViolation } from './claim.ts';
import { type SessionRow, sessionColumns } from './session-row.ts';

/**
 * The seat that is left is signed out, or the user would stay signed in where they no longer sit; it tells for a while
 * where the desktop is now.
 */
const moveSql = `
with before as (
  select id, seat_id, user_id from sessions where id = $1 and state <> 'ended' for update
), moved as (
  update sessions s
  set seat_id = $2,
    moved_from = case when before.seat_id is distinct from $2 then before.seat_id else s.moved_from end,
    moved_at = case when before.seat_id is distinct from $2 then now() else s.moved_at end
  from before where s.id = before.id returning s.*
), kiosk as (
  delete from sign_ins i using before, devices device
  where device.seat_id = before.seat_id and before.seat_id <> $2
    and i.device_id = device.id and i.user_id = before.user_id
), logged as (
  insert into audit_log (actor_id, actor, action, subject, before, after, address)
  select $3::uuid, $4, 'session.move', before.id::text, jsonb_build_object('seat', before.seat_id),
    jsonb_build_object('seat', $2::uuid), $5
  from before
)
select ${sessionColumns}, before.seat_id as seat_before
from moved s join before on before.id = s.id join users u on u.id = s.user_id`;

export type MovedRow = SessionRow & { readonly seat_before: string | null };

/**
 * Show a live session at another seat.
 *
 * @returns the moved session, or undefined when it is not live
 * @throws seat_taken, seat_unknown, database_unavailable
 */
export async function moveSession(
  db: Queryable,
  move: { id: string; seatId: string; actor: Actor },
): Promise<MovedRow | undefined> {
  const { id, seatId, actor } = move;
  try {
    const values = [id, seatId, actor.userId, actor.username, actor.address];
    const [row] = await db.query<MovedRow>(moveSql, values);
    return row;
  } catch (caught) {
    throw explainViolation(caught);
  }
}
