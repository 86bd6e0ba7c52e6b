/**
 * The queue: the oldest who waits gets the next desktop that is ready, who belongs to a lesson before others. The claim's
 * rules hold here too; quotas count who waits already.
 */
import type { Queryable } from '../store/database.ts';
import { claimedColumns, createStreamSecret } from './claim.ts';
import { hasRules } from './has-rules.ts';
import { pickReady } from './pick-ready.ts';
import { type SessionRow, sessionColumns } from './session-row.ts';
import { startingLimitS } from './session-states.ts';

const serveSql = `
with waiter as (
  select s.id, s.template_id, t.version, s.lesson_id from sessions s join templates t on t.id = s.template_id
  where s.template_id = $1 and s.state = 'waiting'
  order by s.lesson_id is null, s.created_at, s.id limit 1 for update of s skip locked
), turn as materialized (
  select waiter.*, case when lesson_id is null and ${hasRules} then holds_back(template_id) else false end as is_held
  from waiter
), ${pickReady('turn', 'not turn.is_held')}, claimed as (
  update desktops d set ${claimedColumns('$2')}
  from picked where d.id = picked.id and d.state = 'ready' returning d.id
), served as (
  update sessions s
  set state = 'starting', desktop_id = claimed.id, look_again_at = now(), reason = null,
    deadline_at = now() + interval '${startingLimitS} seconds'
  from waiter, claimed where s.id = waiter.id returning s.*
)
select ${sessionColumns} from served s join users u on u.id = s.user_id`;

const queuesSql = `
select distinct w.template_id from sessions w
where w.state = 'waiting'
  and exists (select from desktops d where d.template_id = w.template_id and d.state = 'ready')`;

const waitingSql = `select id from sessions where template_id = $1 and state = 'waiting' limit 500`;

/** @returns the templates that somebody waits for and that have a desktop ready. */
export async function findServableQueues(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ template_id: string }>(queuesSql);
  return rows.map(({ template_id }) => template_id);
}

/** Give one desktop to the oldest who waits. @returns their session, or undefined when nobody can be served */
export async function serveNext(db: Queryable, templateId: string): Promise<SessionRow | undefined> {
  const [row] = await db.query<SessionRow>(serveSql, [templateId, createStreamSecret()]);
  return row;
}

/** @returns the sessions that still wait, whose place has changed. */
export async function listWaiting(db: Queryable, templateId: string): Promise<string[]> {
  return (await db.query<{ id: string }>(waitingSql, [templateId])).map(({ id }) => id);
}
