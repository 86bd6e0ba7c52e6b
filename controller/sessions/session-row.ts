import type { DesktopPolicies, EndReason, Session, SessionState } from '@homeroom/protocol';
import { examFolder } from '../lessons/exam-folder.ts';
import { comingEnd, type EndFacts } from './coming-end.ts';
import { promisedEndMs, type Told, toldOf } from './end-plan.ts';
import { stepsOf } from './session-steps.ts';
import { troubleOf, unhealthyGraceS } from './trouble.ts';

/**
 * The columns of a {@link SessionRow}, from a relation `s` with the columns of `sessions` and `users u`.
 * A statement's own insert is not visible to its other parts, so the place counts those ahead, plus one; whoever belongs
 * to a lesson is ahead of all others.
 */
export const sessionColumns = `
  s.id, s.user_id, u.username, s.template_id, s.state, s.desktop_id, s.seat_id, s.reason, s.end_reason, s.lesson_id,
  s.created_at, s.ended_at,
  case when s.state = 'waiting' then 1 + (
    select count(*) from sessions ahead
    where ahead.template_id = s.template_id and ahead.state = 'waiting'
      and (ahead.lesson_id is null, ahead.created_at, ahead.id) < (s.lesson_id is null, s.created_at, s.id)
  ) end as place,
  case when s.state = 'waiting' then (
    select d.error from desktops d
    where d.template_id = s.template_id and d.state = 'creating' and d.error is not null
    order by d.created_at desc limit 1
  ) end as obstacle`;

export interface SessionRow {
  readonly id: string;
  readonly user_id: string;
  readonly username: string;
  readonly template_id: string;
  readonly state: SessionState;
  readonly desktop_id: string | null;
  readonly seat_id: string | null;
  readonly reason: string | null;
  readonly end_reason: EndReason | null;
  readonly lesson_id: string | null;
  readonly created_at: Date;
  readonly ended_at: Date | null;
  readonly place: number | null;
  /** Why a desktop for whoever waits is not made yet; null when it is on its way. */
  readonly obstacle: string | null;
}

/**
 * The columns of {@link SessionDetails}, beside those of a row: for who reads a session. A claim does without, since
 * a session that was just made has none of them.
 */
export const detailColumns = `
  d.claimed_at, s.assigned_at, s.last_input_at, s.kept_until, s.deadline_at, s.warnings, s.warned_end_at,
  t.idle_timeout_s, least(t.limit_s, s.limit_s) as limit_s, t.detach_grace_s, t.may_keep and not coalesce(l.exam, false) as may_keep,
  s.class_ends_at, s.class_told_at, coalesce(l.exam, false) as is_exam,
  case when l.at_end = 'end' then l.starts_at end as lesson_starts_at,
  case when l.at_end = 'end' then l.ends_at end as lesson_ends_at,
  d.unhealthy_at, d.error as desktop_error, coalesce(s.policies, '{}') as policies,
  coalesce(d.unhealthy_at <= now() - interval '${unhealthyGraceS} seconds', false) as is_unhealthy`;

/** What a relation `s` of sessions is joined with for the columns of a row and its details. */
export const detailJoins = `
  join users u on u.id = s.user_id join templates t on t.id = s.template_id
  left join desktops d on d.id = s.desktop_id left join lessons l on l.id = s.lesson_id`;

export interface SessionDetails {
  readonly claimed_at: Date | null;
  readonly assigned_at: Date | null;
  readonly last_input_at: Date | null;
  readonly kept_until: Date | null;
  readonly deadline_at: Date | null;
  readonly warnings: number;
  readonly warned_end_at: Date | null;
  readonly idle_timeout_s: number | null;
  readonly limit_s: number | null;
  readonly detach_grace_s: number;
  readonly may_keep: boolean;
  readonly is_exam: boolean;
  readonly class_ends_at: Date | null;
  readonly class_told_at: Date | null;
  readonly lesson_starts_at: Date | null;
  readonly lesson_ends_at: Date | null;
  readonly policies: DesktopPolicies;
  readonly unhealthy_at: Date | null;
  readonly desktop_error: string | null;
  /** For longer than passes by itself. */
  readonly is_unhealthy: boolean;
}

const noDetails: SessionDetails = {
  claimed_at: null,
  assigned_at: null,
  last_input_at: null,
  kept_until: null,
  deadline_at: null,
  warnings: 0,
  warned_end_at: null,
  idle_timeout_s: null,
  limit_s: null,
  detach_grace_s: 0,
  may_keep: false,
  is_exam: false,
  class_ends_at: null,
  class_told_at: null,
  lesson_starts_at: null,
  lesson_ends_at: null,
  policies: {},
  unhealthy_at: null,
  desktop_error: null,
  is_unhealthy: false,
};

const waitingReason = 'No desktop is free yet; you get the next one when it is your turn.';

/** @returns the session as the API tells it; `estimateS` is for who reckons it to fill in. */
export function toSession(row: SessionRow & Partial<SessionDetails>): Session {
  const full = { ...noDetails, ...row };
  return {
    id: row.id,
    user: row.user_id,
    username: row.username,
    template: row.template_id,
    state: row.state,
    desktop: row.desktop_id,
    seat: row.seat_id,
    url: `/desktop/${row.id}`,
    place: row.place,
    estimateS: null,
    steps: stepsOf({
      state: row.state,
      createdAt: row.created_at,
      claimedAt: full.claimed_at,
      assignedAt: full.assigned_at,
    }),
    reason: row.reason ?? (row.state === 'waiting' ? whyWaiting(row) : null),
    endReason: row.end_reason,
    startedAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    ...endOf(full),
    policies: full.policies,
    examFolder: full.is_exam ? examFolder : null,
    trouble: row.state === 'ended' ? null : troubleOf(full),
  };
}

/** @returns what the rules for its end go by */
export function endFactsOf(row: Pick<SessionRow, 'state'> & SessionDetails): EndFacts {
  const { lesson_starts_at: startsAt, lesson_ends_at: endsAt } = row;
  const { class_told_at: toldAt, class_ends_at: classEndsAt } = row;
  return {
    state: row.state,
    claimedAt: row.claimed_at,
    assignedAt: row.assigned_at,
    lastInputAt: row.last_input_at,
    keptUntil: row.kept_until,
    deadlineAt: row.deadline_at,
    idleTimeoutS: row.idle_timeout_s,
    limitS: row.limit_s,
    graceS: row.detach_grace_s,
    lesson: startsAt && endsAt && { startsAt, endsAt },
    classEnd: toldAt && classEndsAt && { toldAt, endsAt: classEndsAt },
  };
}

/** @returns what stands on record as told to its user */
export function recordedTold(row: Pick<SessionDetails, 'warnings' | 'warned_end_at'>): Told {
  return { warnings: row.warnings, endAtMs: row.warned_end_at?.getTime() ?? null };
}

function endOf(row: SessionRow & SessionDetails): Pick<Session, 'endsAt' | 'endsBy' | 'warning' | 'mayKeep'> {
  const end = comingEnd(endFactsOf(row));
  if (!end) return { endsAt: null, endsBy: null, warning: 0, mayKeep: false };
  const recorded = recordedTold(row);
  const { warnings } = toldOf(end, recorded);
  return {
    endsAt: new Date(promisedEndMs(end, recorded)).toISOString(),
    endsBy: end.endReason,
    warning: warnings === 1 || warnings === 2 ? warnings : 0,
    mayKeep: row.may_keep && end.isKeepable,
  };
}

function whyWaiting({ obstacle }: SessionRow): string {
  return obstacle === null ? waitingReason : `${waitingReason} (${obstacle})`;
}
