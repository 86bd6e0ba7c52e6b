/**
 * The statements of the assignment. Taking a session moves its `look_again_at` beyond the provider's
 * deadline: that is the lease, and it ends by itself if the process dies. What is written afterwards holds
 * only while the session still has that desktop.
 */

import type { TemplatePolicies } from '@homeroom/protocol';
import { type DesktopRow, desktopColumns, toSpec } from '../desktops/desktop-row.ts';
import { deletingColumns } from '../desktops/desktop-states.ts';
import type { Assignment, DesktopSpec, StreamAddress } from '../desktops/provider.ts';
import { examFolder } from '../lessons/exam-folder.ts';
import type { Prepared, Queryable } from '../store/database.ts';
import { claimedColumns, createStreamSecret } from './claim.ts';
import { pickReady } from './pick-ready.ts';
import { type SessionRow, sessionColumns } from './session-row.ts';
import { startingLimitS, waitingLimitS } from './session-states.ts';

/** The longest that a provider is given to make a desktop a user's. */
export const assignTimeoutMs = 20_000;
/** How long a session is this process's: the provider's time, and some for a database that is away. */
export const leaseMs = assignTimeoutMs + 15_000;
const repeatAfterS = 1;

const takeSql: Prepared = {
  name: 'sessions.take-assignments',
  text: `
with due as (
  select s.id from sessions s join desktops d on d.id = s.desktop_id
  where s.state = 'starting' and s.assigned_at is null and s.look_again_at <= now() and d.provider = any($2)
  order by s.look_again_at limit $1 for update of s skip locked
), taken as (
  update sessions s
  set look_again_at = now() + interval '${leaseMs} milliseconds', assign_attempts = s.assign_attempts + 1,
    policies = coalesce(s.policies, session_policies(s.template_id, s.lesson_id))
  from due where s.id = due.id returning s.*
)
select ${desktopColumns}, d.stream_secret, s.policies, s.id as session_id, s.assign_attempts, s.seat_id,
  coalesce((select l.exam from lessons l where l.id = s.lesson_id), false) as is_exam,
  u.id as user_id, u.display_name, u.account, u.posix_uid, u.source = 'anonymous' as is_temporary
from taken s join desktops d on d.id = s.desktop_id join templates t on t.id = d.template_id
join users u on u.id = s.user_id`,
};

interface TakenRow extends DesktopRow {
  readonly stream_secret: string;
  readonly session_id: string;
  readonly seat_id: string | null;
  readonly assign_attempts: number;
  readonly user_id: string;
  readonly display_name: string;
  readonly account: string;
  readonly posix_uid: number;
  readonly is_temporary: boolean;
  readonly policies: TemplatePolicies;
  readonly is_exam: boolean;
}

/** A session whose desktop is to be made the user's, taken by this process. */
export interface DueAssignment {
  readonly sessionId: string;
  readonly seatId: string | null;
  readonly attempts: number;
  readonly provider: string;
  readonly desktop: DesktopSpec;
  readonly assignment: Assignment;
}

/** Take sessions that are to be assigned; nobody else works on them meanwhile. */
export async function takeDueAssignments(
  db: Queryable,
  { limit, providers }: { limit: number; providers: readonly string[] },
): Promise<DueAssignment[]> {
  return (await db.query<TakenRow>(takeSql, [limit, providers])).map(toDueAssignment);
}

function toDueAssignment(row: TakenRow): DueAssignment {
  const { session_id: sessionId, account, posix_uid: posixUid } = row;
  const user = {
    id: row.user_id,
    displayName: row.display_name,
    account,
    posixUid,
    isTemporary: row.is_temporary,
  };
  return {
    sessionId,
    seatId: row.seat_id,
    attempts: row.assign_attempts,
    provider: row.provider,
    desktop: toSpec(row),
    assignment: {
      sessionId,
      user,
      secret: row.stream_secret,
      policies: row.policies,
      ...(row.is_exam && { folder: examFolder }),
    },
  };
}

/**
 * May be repeated when its answer was lost: by then a stream may be open already. The arrays come by a `select`, so
 * that their length is no reason to plan the statement anew each time.
 */
const finishSql: Prepared = {
  name: 'sessions.finish-assignments',
  text: `
with given as (
  select * from unnest((select $1::uuid[]), (select $2::uuid[]), (select $3::jsonb[])) as given (session_id, desktop_id, stream)
), assigned as (
  update sessions s set assigned_at = coalesce(s.assigned_at, now()), reason = null
  from given where s.id = given.session_id and s.desktop_id = given.desktop_id and s.state <> 'ended'
  returning s.desktop_id, given.stream
)
update desktops d set stream = assigned.stream
from assigned where d.id = assigned.desktop_id and d.state = 'claimed' returning d.id`,
};

/** A desktop that was made its user's, to be written down. */
export interface Finished {
  readonly sessionId: string;
  readonly desktopId: string;
  readonly stream: StreamAddress;
}

/** @returns for each whether it holds: not when its session has ended, or has another desktop, meanwhile */
export async function finishAssignments(db: Queryable, finished: readonly Finished[]): Promise<boolean[]> {
  const rows = await db.query<{ id: string }>(finishSql, [
    finished.map(({ sessionId }) => sessionId),
    finished.map(({ desktopId }) => desktopId),
    finished.map(({ stream }) => JSON.stringify(stream)),
  ]);
  const held = new Set(rows.map(({ id }) => id));
  return finished.map(({ desktopId }) => held.has(desktopId));
}

const giveBackSql = `
update sessions set look_again_at = now(), assign_attempts = greatest(assign_attempts - 1, 0)
where id = $1 and desktop_id = $2 and state = 'starting' and assigned_at is null returning id`;

/**
 * Give a session back that was taken and not finished: another process need not wait for the end of the lease.
 *
 * @returns false when the session has ended meanwhile
 */
export async function giveBackAssignment(db: Queryable, due: DueAssignment): Promise<boolean> {
  return (await db.query(giveBackSql, [due.sessionId, due.desktop.id])).length > 0;
}

const repeatSql = `
update sessions set reason = $3, look_again_at = now() + interval '${repeatAfterS} seconds'
where id = $1 and desktop_id = $2 and state = 'starting' returning id`;

/**
 * Try the same desktop again in a moment; `reason` is shown meanwhile.
 *
 * @returns false when the session has ended meanwhile
 */
export async function repeatAssignment(db: Queryable, due: DueAssignment, reason: string): Promise<boolean> {
  return (await db.query(repeatSql, [due.sessionId, due.desktop.id, reason])).length > 0;
}

const replaceSql = `
with target as (
  select s.id, s.template_id, t.version from sessions s join templates t on t.id = s.template_id
  where s.id = $1 and s.desktop_id = $2 and s.state = 'starting' for update of s
), given_up as (
  update desktops d set ${deletingColumns}, error = $3 from target where d.id = $2 and d.state = 'claimed'
), ${pickReady('target')}, claimed as (
  update desktops d set ${claimedColumns('$4')}
  from picked where d.id = picked.id and d.state = 'ready' returning d.id
), replaced as (
  update sessions s
  set desktop_id = claimed.id, assign_attempts = $5, look_again_at = now(), reason = null,
    state = case when claimed.id is null then 'waiting' else 'starting' end,
    deadline_at = now() + make_interval(secs => case when claimed.id is null then ${waitingLimitS} else ${startingLimitS} end)
  from target left join claimed on true where s.id = target.id returning s.*
)
select ${sessionColumns} from replaced s join users u on u.id = s.user_id`;

/**
 * Give the desktop up and take another one; without one the session waits again, first in its queue.
 *
 * @returns the session, or undefined when it has ended meanwhile
 */
export async function replaceDesktop(
  db: Queryable,
  due: DueAssignment,
  { error, attempts }: { error: string; attempts: number },
): Promise<SessionRow | undefined> {
  const values = [due.sessionId, due.desktop.id, error, createStreamSecret(), attempts];
  const [row] = await db.query<SessionRow>(replaceSql, values);
  return row;
}
