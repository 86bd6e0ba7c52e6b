import type { Broadcast, broadcastEndReasons } from '@homeroom/protocol';

/**
 * The columns of a {@link BroadcastRow}, from a relation `b` of broadcasts. What is over by the clock, or because its
 * desktop ended, is told as over before that is written down.
 */
export const broadcastColumns = `
  b.id, b.room_id, b.session_id, u.username, u.display_name, starter.display_name as started_by, b.started_at, b.expires_at,
  coalesce(b.ended_at, x.ended_at, case when b.expires_at <= now() then b.expires_at end) as ended_at,
  coalesce(b.end_reason, case when x.state = 'ended' then 'source-ended' when b.expires_at <= now() then 'expired' end)
    as end_reason,
  coalesce((
    select jsonb_agg(jsonb_build_object('seat', p.seat_id, 'isWatching', exists (
      select from stream_views w
      where w.broadcast_id = b.id and w.seat_id = p.seat_id and w.expires_at > now())) order by seat.name, seat.id)
    from broadcast_seats p join seats seat on seat.id = p.seat_id
    where p.broadcast_id = b.id and p.seat_id is distinct from x.seat_id), '[]') as seats`;

/** What a relation `b` of broadcasts is joined with for these columns. */
export const broadcastJoins = `
  join sessions x on x.id = b.session_id join users u on u.id = x.user_id
  left join users starter on starter.id = b.started_by`;

export interface BroadcastRow {
  readonly id: string;
  readonly room_id: string;
  readonly session_id: string;
  readonly username: string;
  readonly display_name: string;
  readonly started_by: string | null;
  readonly started_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
  readonly end_reason: (typeof broadcastEndReasons)[number] | null;
  readonly seats: Broadcast['seats'];
}

/** @returns the broadcast as the API tells it */
export function toBroadcast(row: BroadcastRow): Broadcast {
  return {
    id: row.id,
    room: row.room_id,
    session: row.session_id,
    username: row.username,
    displayName: row.display_name,
    startedBy: row.started_by,
    startedAt: row.started_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    endReason: row.end_reason,
    seats: row.seats,
  };
}
