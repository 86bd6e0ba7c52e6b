import { HomeroomError } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import type { Queryable } from '../store/database.ts';

/** Without an idle time to go by. */
const usualKeepS = 30 * 60;

/** To ask is to be there: it counts as input. The sweep takes the warning back at once. */
const keepSql = `
with kept as (
  update sessions s
  set last_input_at = now(), sweep_at = now(),
    kept_until = now() + make_interval(secs => coalesce(t.idle_timeout_s, ${usualKeepS}))
  from templates t
  where s.id = $1 and t.id = s.template_id and s.state in ('active', 'detached')
  returning s.id, s.kept_until
), logged as (
  insert into audit_log (actor_id, actor, action, subject, after, address)
  select $2::uuid, $3, 'session.keep', kept.id::text, jsonb_build_object('keptUntil', kept.kept_until), $4 from kept
)
select id from kept`;

/**
 * Put the end of a session off that its user asked to keep. Whether they may is for the caller to know.
 *
 * @throws keep_not_allowed when there is no desktop in use to keep, database_unavailable
 */
export async function keepSession(db: Queryable, { id, actor }: { id: string; actor: Actor }): Promise<void> {
  const rows = await db.query(keepSql, [id, actor.userId, actor.username, actor.address]);
  if (rows.length === 0) throw new HomeroomError('keep_not_allowed', 'there is no desktop in use to keep');
}
