import { HomeroomError } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import type { Queryable } from '../store/database.ts';
import { heldReason } from './claim.ts';
import { mayUse } from './explain-no-template.ts';
import { explainRefusal } from './explain-refusal.ts';
import { hasRules } from './has-rules.ts';

/** Who asked earlier is served earlier: the time of the first asking stays. The claim's rules hold here too. */
const changeSql = `
with waiting as materialized (
  select id, user_id, seat_id, template_id from sessions where id = $1 and state = 'waiting' for update
), asked as materialized (
  select w.id as session_id, t.id as template_id,
    case when ${hasRules} then claim_rules(w.user_id, t.id, w.seat_id) end as rules
  from waiting w, templates t where t.id = $2 and t.withdrawn_at is null and ${mayUse('w.user_id', 't.id')}
), changed as (
  update sessions s
  set template_id = asked.template_id, lesson_id = (rules).lesson_id, limit_s = least(s.limit_s, (rules).limit_s),
    reason = case when (rules).is_held then '${heldReason}' end
  from asked where s.id = asked.session_id and (rules).refusal is null returning s.id
), logged as (
  insert into audit_log (actor_id, actor, action, subject, before, after, address)
  select $3::uuid, $4, 'session.change-template', waiting.id::text,
    jsonb_build_object('template', waiting.template_id), jsonb_build_object('template', $2::text), $5
  from waiting join changed on changed.id = waiting.id
)
select waiting.template_id as "templateBefore", waiting.user_id as "userId", waiting.seat_id as "seatId",
  exists (select from changed) as "isChanged"
from waiting`;

interface ChangedRow {
  readonly templateBefore: string;
  readonly userId: string;
  readonly seatId: string | null;
  readonly isChanged: boolean;
}

/**
 * Let a session that waits wait for another template.
 *
 * @returns the template that it waited for
 * @throws session_not_waiting, template_unknown, template_restricted, quota_exceeded, template_not_in_exam,
 *   database_unavailable
 */
export async function changeTemplate(
  db: Queryable,
  change: { id: string; templateId: string; actor: Actor },
): Promise<string> {
  const { id, templateId, actor } = change;
  const values = [id, templateId, actor.userId, actor.username, actor.address];
  const [row] = await db.query<ChangedRow>(changeSql, values);
  if (!row) throw new HomeroomError('session_not_waiting');
  const { userId, seatId, templateBefore, isChanged } = row;
  if (!isChanged) throw await explainRefusal(db, { userId, templateId, seatId });
  return templateBefore;
}
