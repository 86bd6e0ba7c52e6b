import type { EndReason, Session, SessionState } from '@homeroom/protocol';

/**
 * The columns of a {@link SessionRow}, from a relation `s` with the columns of `sessions` and `users u`.
 * A statement's own insert is not visible to its other parts, so the place counts those ahead, plus one.
 */
export const sessionColumns = `
  s.id, s.user_id, u.username, s.template_id, s.state, s.desktop_id, s.seat_id, s.reason, s.end_reason,
  s.created_at, s.ended_at,
  case when s.state = 'waiting' then 1 + (
    select count(*) from sessions ahead
    where ahead.template_id = s.template_id and ahead.state = 'waiting'
      and (ahead.created_at, ahead.id) < (s.created_at, s.id)
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
  readonly created_at: Date;
  readonly ended_at: Date | null;
  readonly place: number | null;
  /** Why a desktop for whoever waits is not made yet; null when it is on its way. */
  readonly obstacle: string | null;
}

const waitingReason = 'No desktop is free yet; you get the next one when it is your turn.';

/** @returns the session as the API tells it. */
export function toSession(row: SessionRow): Session {
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
    reason: row.reason ?? (row.state === 'waiting' ? whyWaiting(row) : null),
    endReason: row.end_reason,
    startedAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

function whyWaiting({ obstacle }: SessionRow): string {
  return obstacle === null ? waitingReason : `${waitingReason} (${obstacle})`;
}
