/**
 * The statements of the class reconciler. A seat is taken by a lease that runs out by itself; what is written of a seat
 * counts only while its lease is held, so that a process that was away for long writes nothing.
 */
import type { Cec, ClassStep, DeviceState, Reported, SessionState } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import type { ClassKind } from './class-steps.ts';
import type { PowerOfSeat } from './ports.ts';
import type { DeviceFacts, SeatFacts, SessionFacts } from './seat-facts.ts';

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

const sessionFacts = (relation: string, user: string, seat: string) => `
  case when ${relation}.id is not null then jsonb_build_object('id', ${relation}.id, 'user', ${relation}.user_id,
    'displayName', ${user}.display_name, 'state', ${relation}.state,
    'template', ${relation}.template_id, 'seat', ${relation}.seat_id, 'seatName', ${seat}.name,
    'isAssigned', ${relation}.assigned_at is not null,
    'classEndsAtMs', floor(extract(epoch from ${relation}.class_ends_at) * 1000),
    'isOfRun', exists (select from class_run_seats o where o.run_id = c.run_id and o.user_id = ${relation}.user_id
      and o.seat_id <> c.seat_id and o.state = 'now')) end`;

/** A switch that several seats hang on is nobody's: they would take it from each other. */
const inputSql = `
select o.change_id is null and o.input is not distinct from (i->>'input')::integer as is_shown, o.fault
from hdmi_switches h join hdmi_outputs o on o.switch_id = h.id, jsonb_array_elements(h.inputs) i
where r.kind = 'start' and i->>'seat' = c.seat_id::text
  and (select count(*) from hdmi_outputs x where x.switch_id = h.id) = 1
  and not exists (
    select from jsonb_array_elements(h.inputs) other
    where other->>'seat' is not null and other->>'seat' <> c.seat_id::text)
limit 1`;

const factsSql = `
select c.run_id, r.room_id, r.kind, c.step, c.seat_id, c.user_id, u.display_name, r.template_id, r.lesson_id, r.started_by,
  r.started_by_id, r.warn_until, r.powers_off, c.asked_at, c.deadline_at, c.reason, c.created_at, now() as looked_at,
  d.id as device_id, d.state as device_state, d.desired->'kiosk'->>'url' as desired_url, d.desired_revision, d.desired_screen,
  d.reported, d.cec, case when d.id is null then 0 else (
    select count(*) from desktops x join sessions o on o.desktop_id = x.id
    where x.host_id = d.id and x.state = 'claimed' and o.state <> 'ended' and o.seat_id is distinct from c.seat_id
  ) + (select count(*) from exam_collections e where e.host_id = d.id and e.state = 'due') end as burdens,
  input.is_shown as input_is_shown, input.fault as input_fault,
  case when c.step = 'desktop' then (
    select coalesce(e.reason, e.end_reason) from sessions e
    where e.user_id = c.user_id and e.state = 'ended' and e.created_at >= c.step_since order by e.created_at desc limit 1
  ) end as ended,
  ${sessionFacts('here', 'hu', 's')} as here, ${sessionFacts('theirs', 'u', 'ts')} as theirs
from class_run_seats c join class_runs r on r.id = c.run_id join seats s on s.id = c.seat_id
  left join users u on u.id = c.user_id
  left join devices d on d.seat_id = c.seat_id and d.revoked_at is null
  left join sessions here on here.seat_id = c.seat_id and here.state <> 'ended'
  left join users hu on hu.id = here.user_id
  left join sessions theirs on theirs.user_id = c.user_id and theirs.state <> 'ended'
  left join seats ts on ts.id = theirs.seat_id
  left join lateral (${inputSql}) input on true
where c.lease = $1 and c.state = 'now'`;

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

interface FactsRow {
  readonly run_id: string;
  readonly room_id: string;
  readonly kind: ClassKind;
  readonly step: ClassStep;
  readonly seat_id: string;
  readonly user_id: string | null;
  readonly display_name: string | null;
  readonly template_id: string | null;
  readonly lesson_id: string | null;
  readonly started_by: string | null;
  readonly started_by_id: string | null;
  readonly warn_until: Date | null;
  readonly powers_off: boolean;
  readonly asked_at: Date | null;
  readonly deadline_at: Date;
  readonly reason: string | null;
  readonly created_at: Date;
  readonly looked_at: Date;
  readonly device_id: string | null;
  readonly device_state: DeviceState | null;
  readonly desired_url: string | null;
  readonly desired_revision: number;
  readonly desired_screen: 'on' | 'off';
  readonly reported: Reported | null;
  readonly cec: Cec | null;
  readonly burdens: number;
  readonly ended: string | null;
  readonly input_is_shown: boolean | null;
  readonly input_fault: string | null;
  readonly here: (SessionFacts & { readonly state: SessionState }) | null;
  readonly theirs: SessionFacts | null;
}

/** A seat that this process holds. */
export interface TakenSeat {
  readonly run: string;
  readonly room: string;
  readonly lesson: string | null;
  readonly startedBy: string | null;
  readonly startedById: string | null;
  /** What it says now. */
  readonly reason: string | null;
  readonly beganAtMs: number;
  /** By the database's clock. */
  readonly nowMs: number;
  readonly facts: Omit<SeatFacts, 'power'>;
}

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

/** Take seats that are due. @param lease of this taking alone @returns what is known of them, but their power */
export async function takeSeats(db: Queryable, lease: string, most: number): Promise<TakenSeat[]> {
  const taken = await db.query(takeSql, [lease, most]);
  if (taken.length === 0) return [];
  return (await db.query<FactsRow>(factsSql, [lease])).map(toTaken);
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

/** @returns the facts with the power of the seat, where any is known */
export function withPower(facts: TakenSeat['facts'], power: PowerOfSeat | undefined): SeatFacts {
  return { ...facts, power };
}

function toTaken(row: FactsRow): TakenSeat {
  const { user_id: id, display_name: displayName } = row;
  return {
    run: row.run_id,
    room: row.room_id,
    lesson: row.lesson_id,
    startedBy: row.started_by,
    startedById: row.started_by_id,
    reason: row.reason,
    beganAtMs: row.created_at.getTime(),
    nowMs: row.looked_at.getTime(),
    facts: {
      kind: row.kind,
      step: row.step,
      seat: row.seat_id,
      student: id === null || displayName === null ? null : { id, displayName },
      template: row.template_id,
      device: deviceOf(row),
      input: row.input_is_shown === null ? null : { isShown: row.input_is_shown, fault: row.input_fault },
      here: row.here,
      theirs: row.theirs,
      ended: row.ended,
      warnUntilMs: row.warn_until?.getTime() ?? null,
      powersOff: row.powers_off,
      askedAtMs: row.asked_at?.getTime() ?? null,
      deadlineMs: row.deadline_at.getTime(),
    },
  };
}

function deviceOf(row: FactsRow): DeviceFacts | null {
  if (row.device_id === null) return null;
  return {
    id: row.device_id,
    state: row.device_state?.state ?? null,
    isShuttingDown: row.device_state?.reason === 'shutdown',
    desiredUrl: row.desired_url,
    desiredRevision: row.desired_revision,
    desiredScreen: row.desired_screen,
    reported: row.reported,
    cec: row.cec,
    burdens: row.burdens,
  };
}
