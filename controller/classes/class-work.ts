/**
 * The statements of the class reconciler. A seat is taken by a lease that runs out by itself; what is written of a seat
 * counts only while its lease is held, so that a process that was away for long writes nothing.
 */
import type { ClassStep } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';

/** Longer than any action of a step may take. */
const leaseS = 15;

const takeSql = `
with due as (
  select c.run_id, c.seat_id from class_run_seats c join class_runs r on r.id = c.run_id
  where c.state = 'now' and r.state = 'running' and c.look_again_at <= now()
  order by c.look_again_at limit $2 for update of c skip locked
)
update class_run_seats c set lease = $1, look_again_at = now() + interval '${leaseS} seconds'
from due where c.run_id = due.run_id and c.seat_id = due.seat_id returning c.run_id`;

const writeSql = `
update class_run_seats c
set step = x.step, state = x.state, reason = x.reason, lease = null,
  step_since = case when x."isNewStep" then now() else c.step_since end,
  deadline_at = case when x."isNewStep" then now() + make_interval(secs => x."limitS") else c.deadline_at end,
  asked_at = case when x."isAsked" then now() when x."isNewStep" then null else c.asked_at end,
  session_id = coalesce(x.session, c.session_id),
  finished_at = case when x.state <> 'now' then now() end,
  look_again_at = now() + make_interval(secs => x."againMs" / 1000.0)
from jsonb_to_recordset($2) as x(run uuid, seat uuid, step text, state text, reason text, "isNewStep" boolean,
  "limitS" integer, "isAsked" boolean, session uuid, "againMs" integer)
where c.run_id = x.run and c.seat_id = x.seat and c.lease = $1 and c.state = 'now'
returning c.run_id, c.seat_id`;

const giveBackSql = `
update class_run_seats set lease = null, look_again_at = now() where lease = $1 and seat_id = $2 and state = 'now'`;

const closeSql = `
update class_runs r set state = 'done', ended_at = now()
where r.state = 'running' and not exists (
  select from class_run_seats c where c.run_id = r.id and c.state = 'now')
returning id, room_id as room`;

const countSql = `select count(*) as n from class_runs where state = 'running'`;

/** What happened to these makes their seats due. */
const hurrySql = `
with touched as (
  select seat_id from devices where id = any($1)
  union select seat_id from relay_channels where relay_id = any($2)
  union select c.seat_id from class_run_seats c join sessions x on x.user_id = c.user_id or x.seat_id = c.seat_id
    where c.state = 'now' and x.id = any($3::uuid[])
)
update class_run_seats c set look_again_at = now() from touched
where c.seat_id = touched.seat_id and c.state = 'now' and c.lease is null and c.look_again_at > now()`;

/** What is written of a seat after a look. */
export interface SeatOutcome {
  readonly run: string;
  readonly seat: string;
  readonly step: ClassStep;
  readonly state: 'now' | 'done' | 'failed';
  readonly reason: string | null;
  readonly isNewStep: boolean;
  readonly limitS: number;
  /** Something was asked for just now. */
  readonly isAsked: boolean;
  readonly session: string | null;
  readonly againMs: number;
}

/** Take seats that are due. @param lease of this taking alone @returns how many were taken */
export async function takeSeats(db: Queryable, lease: string, most: number): Promise<number> {
  return (await db.query(takeSql, [lease, most])).length;
}

/** @returns the seats that were written; those whose lease was lost are left out */
export async function writeOutcomes(
  db: Queryable,
  lease: string,
  outcomes: readonly SeatOutcome[],
): Promise<Set<string>> {
  if (outcomes.length === 0) return new Set();
  const rows = await db.query<{ run_id: string; seat_id: string }>(writeSql, [
    lease,
    JSON.stringify(outcomes),
  ]);
  return new Set(rows.map(({ seat_id: seat }) => seat));
}

/** Let a seat be taken by whoever looks next. */
export async function giveBack(db: Queryable, lease: string, seat: string): Promise<void> {
  await db.query(giveBackSql, [lease, seat]);
}

/** Close the runs of which every seat is done or failed. @returns those that were closed */
export async function closeRuns(db: Queryable): Promise<{ id: string; room: string }[]> {
  return await db.query(closeSql);
}

/** @returns how many runs go on */
export async function countRunning(db: Queryable): Promise<number> {
  const [row] = await db.query<{ n: number }>(countSql);
  return row?.n ?? 0;
}

/** Records that changed, by their ids. */
export interface Touched {
  readonly devices: ReadonlySet<string>;
  readonly relays: ReadonlySet<string>;
  readonly sessions: ReadonlySet<string>;
}

/** Have the seats looked at soon that these records have to do with. */
export async function hurrySeats(db: Queryable, { devices, relays, sessions }: Touched): Promise<void> {
  if (devices.size + relays.size + sessions.size === 0) return;
  await db.query(hurrySql, [[...devices], [...relays], [...sessions]]);
}
