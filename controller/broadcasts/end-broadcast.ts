import type { Actor } from '../store/actor.ts';
import type { Queryable } from '../store/database.ts';

const endSql = `
with ended as (
  update broadcasts set ended_at = now(), end_reason = 'stopped'
  where id = $1 and ended_at is null returning id, session_id
), logged as (
  insert into audit_log (actor_id, actor, action, subject, details, address)
  select $2::uuid, $3, 'broadcast.end', ended.id::text, jsonb_build_object('endReason', 'stopped'), $4 from ended
)
select session_id as "sessionId" from ended`;

/**
 * Stop a broadcast.
 *
 * @returns the session whose desktop was shown; undefined when it was over already
 * @throws database_unavailable
 */
export async function endBroadcast(db: Queryable, id: string, actor: Actor): Promise<string | undefined> {
  const values = [id, actor.userId, actor.username, actor.address];
  const [row] = await db.query<{ sessionId: string }>(endSql, values);
  return row?.sessionId;
}
