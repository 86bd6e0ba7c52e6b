/** What is known of seats that this process holds, in one question. */
import type { Cec, ClassStep, DeviceState, Reported, SessionState } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import type { ClassKind } from './class-steps.ts';
import type { PowerOfSeat } from './ports.ts';
import type { DeviceFacts, SeatFacts, SessionFacts } from './seat-facts.ts';

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

/** @param lease by which the seats were taken @returns what is known of them, but their power */
export async function readSeatFacts(db: Queryable, lease: string): Promise<TakenSeat[]> {
  return (await db.query<FactsRow>(factsSql, [lease])).map(toTaken);
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
