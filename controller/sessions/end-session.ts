import type { EndReason } from '@homeroom/protocol';
import { deletingColumns } from '../desktops/desktop-states.ts';
import type { Actor } from '../store/actor.ts';
import type { Queryable } from '../store/database.ts';
import { type SessionRow, sessionColumns } from './session-row.ts';

/**
 * One statement, so that no crash leaves half an end: the session is over, its desktop is on its way out
 * and never given again, who signed in at the seat's kiosk is signed out, unused tickets are void.
 */
const endSql = `
with ended as (
  update sessions s
  set state = 'ended', ended_at = now(), end_reason = $2, reason = $3, deadline_at = null, streams = 0
  where s.id = $1 and s.state <> 'ended' and ($4::text is null or s.xmin::text = $4)
  returning s.*
), desktop as (
  update desktops d
  set ${deletingColumns}, error = case when $2 = 'desktop-lost' then $3 else d.error end
  from ended where d.id = ended.desktop_id and d.state = 'claimed'
), kiosk as (
  delete from sign_ins i using ended, devices device
  where device.seat_id = ended.seat_id and i.device_id = device.id and not $8
), tickets as (
  delete from stream_tickets t using ended where t.session_id = ended.id and t.used_at is null
), logged as (
  insert into audit_log (actor_id, actor, action, subject, details, address)
  select $5::uuid, $6, 'session.end', ended.id::text, jsonb_build_object('endReason', $2, 'reason', $3), $7
  from ended
)
select ${sessionColumns} from ended s join users u on u.id = s.user_id`;

export interface End {
  readonly id: string;
  readonly endReason: EndReason;
  /** A sentence for the user; null when the end reason says enough. */
  readonly reason: string | null;
  readonly actor: Actor;
  /** The row's `xmin` when the end was decided: a session that has changed since is left alone. */
  readonly version?: string;
  /** Whoever has just signed in at its seat stays signed in there: it is for them that it is ended. */
  readonly staysSignedIn?: boolean;
}

/**
 * End a live session.
 *
 * @returns the ended session, or undefined when it was not live, or not in that version
 * @throws database_unavailable
 */
export async function endSession(db: Queryable, end: End): Promise<SessionRow | undefined> {
  const { id, endReason, reason, actor, version = null, staysSignedIn = false } = end;
  const { userId, username, address } = actor;
  const values = [id, endReason, reason, version, userId, username, address, staysSignedIn];
  const [row] = await db.query<SessionRow>(endSql, values);
  return row;
}
