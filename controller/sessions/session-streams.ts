/**
 * A session is `active` while a stream is open and `detached` when the last one closed. The count in the
 * database is kept by the processes that relay streams; one that dies leaves its streams counted, so each
 * tells its open ones again and again (`seen`) and a sweep detaches sessions that nobody tells any more.
 */
import { measures } from '../measures.ts';
import type { Queryable } from '../store/database.ts';
import { statesBefore, streamSilenceS } from './session-states.ts';

/** When the session must end, counted from the claim of its desktop; null without a limit. */
const limitAt = `(select d.claimed_at from desktops d where d.id = s.desktop_id) + make_interval(secs => least(t.limit_s, s.limit_s))`;

const graceEnd = `now() + make_interval(secs => t.detach_grace_s)`;

const openedSql = `
update sessions s
set state = 'active', streams = s.streams + 1, streams_seen_at = now(), last_input_at = now(), deadline_at = ${limitAt},
  detached_at = null, sweep_at = now(), opened_at = coalesce(s.opened_at, now())
from templates t, desktops d
where s.id = $1 and t.id = s.template_id and d.id = s.desktop_id and s.assigned_at is not null and s.state = any($2)
returning s.opened_at = now() as is_first,
  extract(epoch from s.assigned_at - d.claimed_at)::float8 as assigned_s,
  extract(epoch from s.opened_at - d.claimed_at)::float8 as active_s`;

const closedSql = `
update sessions s
set streams = greatest(s.streams - 1, 0),
  state = case when s.streams > 1 then s.state else 'detached' end,
  deadline_at = case when s.streams > 1 then s.deadline_at else ${graceEnd} end,
  detached_at = case when s.streams > 1 then null else now() end, sweep_at = now()
from templates t
where s.id = $1 and t.id = s.template_id and s.state = 'active'
returning s.id`;

/** A session that was detached by mistake (this process could not tell for a while) is active again. */
const seenSql = `
update sessions s
set streams_seen_at = now(), streams = greatest(s.streams, 1), state = 'active', deadline_at = ${limitAt},
  detached_at = null, sweep_at = case when s.state = 'active' then s.sweep_at else now() end
from templates t
where s.id = any($1) and t.id = s.template_id and s.state in ('active', 'detached')`;

const silentSql = `
update sessions s
set state = 'detached', streams = 0, deadline_at = ${graceEnd}, detached_at = now(), sweep_at = now()
from templates t
where s.state = 'active' and t.id = s.template_id
  and s.streams_seen_at < now() - interval '${streamSilenceS} seconds'
returning s.id`;

/** A warning of idleness is taken back by the next look, which is due at once. */
const inputSql = `
update sessions
set last_input_at = now(), sweep_at = case when warnings > 0 then now() else sweep_at end
where id = $1 and state <> 'ended' and (last_input_at is null or last_input_at < now() - interval '1 second')
returning warnings > 0 as was_warned`;

/** Note that somebody uses a session. @returns whether its user had been warned of its end */
export async function noteInput(db: Queryable, id: string): Promise<boolean> {
  const [row] = await db.query<{ was_warned: boolean }>(inputSql, [id]);
  return row?.was_warned ?? false;
}

interface OpenedRow {
  /** By the time of the transaction, which the statement has set itself. */
  readonly is_first: boolean;
  readonly assigned_s: number;
  readonly active_s: number;
}

/** A device's clock may run ahead: nobody used it later than now. What was typed before the last input is no news. */
const seatUsedSql = `
update sessions s
set last_input_at = used.at, sweep_at = case when s.warnings > 0 then now() else s.sweep_at end
from devices d, (select least($2::timestamptz, now()) as at) used
where d.id = $1 and s.seat_id = d.seat_id and s.state in ('active', 'detached')
  and (s.last_input_at is null or s.last_input_at < used.at - interval '1 second')
returning s.id, s.warnings > 0 as was_warned`;

/**
 * Note that somebody used the keyboard or the mouse of a device's seat.
 *
 * @returns the session there whose user had been warned of its end; undefined otherwise
 */
export async function noteSeatUse(db: Queryable, device: string, at: Date): Promise<string | undefined> {
  const rows = await db.query<{ id: string; was_warned: boolean }>(seatUsedSql, [device, at]);
  return rows.find((row) => row.was_warned)?.id;
}

/** @returns whether the session was there, assigned and not ended. */
export async function countOpenedStream(db: Queryable, id: string): Promise<boolean> {
  const [row] = await db.query<OpenedRow>(openedSql, [id, [...statesBefore('active'), 'active']]);
  if (row?.is_first) {
    measures.sessionStart.tell({ assignedSeconds: row.assigned_s, activeSeconds: row.active_s });
  }
  return row !== undefined;
}

/** @returns whether a live session lost a stream. */
export async function countClosedStream(db: Queryable, id: string): Promise<boolean> {
  return (await db.query(closedSql, [id])).length > 0;
}

/** Tell that these sessions have a stream open in this process. */
export async function markStreamsSeen(db: Queryable, ids: readonly string[]): Promise<void> {
  await db.query(seenSql, [ids]);
}

/** @returns the sessions that were detached because nobody tells of their streams any more. */
export async function detachSilentSessions(db: Queryable): Promise<string[]> {
  return (await db.query<{ id: string }>(silentSql)).map(({ id }) => id);
}
