import { HomeroomError } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import { explainNoTemplate } from './explain-no-template.ts';
import { type QuotaScope, type Refusal, refusalError } from './refusal-words.ts';

const rulingSql = `
select (ruling).refusal, may_use_template($1, t.id) as "isOpen", school_time_zone() as "timeZone"
from templates t, lateral (select claim_rules($1, t.id, $3) as ruling offset 0) asked
where t.id = $2 and t.withdrawn_at is null`;

const scopeSql = `
select u.display_name as user, g.name as group, t.name as template
from quotas q left join users u on u.id = q.user_id left join groups g on g.id = q.group_id
  left join templates t on t.id = q.template_id
where q.id = $1`;

interface RulingRow {
  readonly refusal: Refusal | null;
  readonly isOpen: boolean;
  readonly timeZone: string;
}

export interface RefusedClaim {
  readonly userId: string;
  readonly templateId: string;
  readonly seatId: string | null;
}

/** @returns why a person got no session of a template; `conflict` when nothing stands against it any more */
export async function explainRefusal(
  db: Queryable,
  { userId, templateId, seatId }: RefusedClaim,
): Promise<HomeroomError> {
  const [row] = await db.query<RulingRow>(rulingSql, [userId, templateId, seatId]);
  if (!row?.isOpen) return await explainNoTemplate(db, templateId);
  if (row.refusal === null) return new HomeroomError('conflict', 'A limit has just freed: ask again.');
  const quota = 'quota' in row.refusal ? row.refusal.quota : null;
  const [scope] = quota === null ? [] : await db.query<QuotaScope>(scopeSql, [quota]);
  return refusalError(row.refusal, scope, row.timeZone);
}
