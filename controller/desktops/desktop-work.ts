/**
 * The statements by which any number of processes share the work on desktops. Taking a desktop moves its
 * `look_again_at` beyond the provider's deadline: that is the lease, and it ends by itself if the process dies.
 */
import type { DesktopState } from '@homeroom/protocol';
import type { Prepared, Queryable } from '../store/database.ts';
import { type DesktopRow, desktopColumns } from './desktop-row.ts';
import { deletingLimitS, madeUntil } from './desktop-states.ts';
import type { Progress } from './provider.ts';

/** The longest that a provider is given for one call. */
export const callTimeoutMs = 30_000;
/** How long a desktop is this process's: the provider's time, and some for a database that is away. */
export const leaseMs = callTimeoutMs + 15_000;

/** The states that somebody has to look after, as the index `desktops_due` has them. */
export const isDue = `state in ('creating', 'warming', 'cooling', 'claimed', 'deleting', 'failed')`;

const takeSql: Prepared = {
  name: 'desktops.take',
  text: `
with due as (
  select id from desktops
  where ${isDue} and look_again_at <= now() and provider = any($2)
  order by look_again_at limit $1 for update skip locked
), taken as (
  update desktops d set look_again_at = now() + interval '${leaseMs} milliseconds', attempts = d.attempts + 1
  from due where d.id = due.id returning d.*
)
select ${desktopColumns}, exists (
  select from sessions s where s.desktop_id = d.id and s.state <> 'ended'
) as has_session
from taken d join templates t on t.id = d.template_id`,
};

export type TakenDesktop = DesktopRow & { readonly has_session: boolean };

/** Take desktops that are due, of providers that this process has; nobody else works on them meanwhile. */
export async function takeDueDesktops(
  db: Queryable,
  { limit, providers }: { limit: number; providers: readonly string[] },
): Promise<TakenDesktop[]> {
  return await db.query<TakenDesktop>(takeSql, [limit, providers]);
}

/**
 * The old state is a condition: whoever was quicker (a session's end) is not overwritten. What hindered a desktop on
 * its way is no fault of one that is ready. Its age counts from when it was first whole, however often it is stopped
 * and started.
 */
const moveSql: Prepared = {
  name: 'desktops.move',
  text: `
update desktops set state = $3, error = case when $3 not in ('ready', 'cooling', 'cold') then coalesce($4, error) end,
  look_again_at = now(), attempts = 0, ref = coalesce($5, ref), host_id = coalesce($6, host_id),
  level = case when $3 = 'cooling' then 'cold' else level end,
  ready_at = case when $3 in ('ready', 'cooling') then coalesce(ready_at, now()) else ready_at end,
  failed_at = case when $3 = 'failed' then now() else failed_at end,
  deadline_at = case
    when $3 in ('failed', 'deleting') then now() + interval '${deletingLimitS} seconds'
    when $3 = 'cooling' then ${madeUntil}
  end
where id = $1 and state = $2
returning id`,
};

export interface DesktopMove {
  readonly id: string;
  readonly from: DesktopState;
  readonly to: DesktopState;
  readonly error: string | null;
  readonly progress: Progress | undefined;
}

/** @returns false when the desktop had left the state already. */
export async function moveDesktop(
  db: Queryable,
  { id, from, to, error, progress }: DesktopMove,
): Promise<boolean> {
  const values = [id, from, to, error, refOf(progress), progress?.hostId ?? null];
  return (await db.query(moveSql, values)).length > 0;
}

const giveBackSql = `
update desktops set look_again_at = now(), attempts = greatest(attempts - 1, 0) where id = $1 and state = $2 returning id`;

/**
 * Give a desktop back that was taken and not looked at: another process need not wait for the end of the lease.
 *
 * @returns false when the desktop has left the state meanwhile
 */
export async function giveBackDesktop(
  db: Queryable,
  { id, state }: Pick<TakenDesktop, 'id' | 'state'>,
): Promise<boolean> {
  return (await db.query(giveBackSql, [id, state])).length > 0;
}

/**
 * Past its lease somebody has heard news of it: the answer may be older than those, so it stays due. By the clock and
 * not by `now()`, which is this statement's start: news that came while it waited for the row would be later than that.
 */
const postponeSql: Prepared = {
  name: 'desktops.postpone',
  text: `
update desktops set error = case when state = 'claimed' and $7 then null else coalesce($4, error) end,
  unhealthy_at = case when state = 'claimed' and not $7 then coalesce(unhealthy_at, now()) end,
  ref = coalesce($5, ref, case when $7 then '{}'::jsonb end), host_id = coalesce($6, host_id),
  look_again_at = case
    when look_again_at <= clock_timestamp() then look_again_at else now() + make_interval(secs => $3 / 1000.0)
  end
where id = $1 and state = $2`,
};

export interface DesktopPostponement {
  readonly id: string;
  readonly state: DesktopState;
  readonly inMs: number;
  readonly error: string | null;
  readonly progress: Progress | undefined;
}

/** Write down what was seen, and when to look again. An answered `create` leaves a ref, if only an empty one. */
export async function postponeDesktop(db: Queryable, postponement: DesktopPostponement): Promise<void> {
  const { id, state, inMs, error, progress } = postponement;
  const isAnswered = progress !== undefined;
  await db.query(postponeSql, [
    id,
    state,
    inMs,
    error,
    refOf(progress),
    progress?.hostId ?? null,
    isAnswered,
  ]);
}

function refOf(progress: Progress | undefined): string | null {
  return progress?.ref === undefined ? null : JSON.stringify(progress.ref);
}
