import { HomeroomError } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import type { Queryable } from '../store/database.ts';
import { explainNoTemplate, mayUse } from './explain-no-template.ts';

/** Who asked earlier is served earlier: the time of the first asking stays. */
const changeSql = `
with target as (
  select id from templates where id = $2 and withdrawn_at is null
    and not exists (select from sessions o where o.id = $1 and not ${mayUse('o.user_id', 'templates.id')})
), before as (
  select s.id, s.template_id from sessions s, target where s.id = $1 and s.state = 'waiting' for update of s
), changed as (
  update sessions s set template_id = $2, reason = null from before where s.id = before.id returning s.id
), logged as (
  insert into audit_log (actor_id, actor, action, subject, details, address)
  select $3::uuid, $4, 'session.change-template', before.id::text,
    jsonb_build_object('from', before.template_id, 'to', $2::text), $5
  from before
)
select before.template_id as "templateBefore", exists (select from target) as "isThere"
from (select 1) one left join before on true`;

/**
 * Let a session that waits wait for another template.
 *
 * @returns the template that it waited for
 * @throws template_unknown, template_restricted, session_not_waiting, database_unavailable
 */
export async function changeTemplate(
  db: Queryable,
  change: { id: string; templateId: string; actor: Actor },
): Promise<string> {
  const { id, templateId, actor } = change;
  const values = [id, templateId, actor.userId, actor.username, actor.address];
  const [row] = await db.query<{ templateBefore: string | null; isThere: boolean }>(changeSql, values);
  if (!row?.isThere) throw await explainNoTemplate(db, templateId);
  if (row.templateBefore === null) throw new HomeroomError('session_not_waiting');
  return row.templateBefore;
}
