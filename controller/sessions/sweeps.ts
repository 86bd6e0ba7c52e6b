/** Ends what has lasted too long, by the database's clock. Sweeping twice at once does nothing twice. */
import type { SessionState } from '@homeroom/protocol';
import { systemActor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { endSession } from './end-session.ts';
import { announceSession } from './session-changes.ts';
import { type Outcome, type Overdue, outcomeOf } from './session-states.ts';
import { detachSilentSessions, limitAt } from './session-streams.ts';

/** As many per look; the rest follows in the next. */
const batch = 200;

/** Idleness needs no stream: a desktop that nobody looks at is not used either. */
const overdueSql = `
select * from (
  select s.id, s.state, s.xmin::text as version, s.assigned_at is not null as "wasAssigned",
    case
      when s.state in ('active', 'detached') and ${limitAt} <= now() then 'limit'
      when s.state in ('active', 'detached')
        and greatest(s.last_input_at, s.assigned_at) + make_interval(secs => t.idle_timeout_s) <= now() then 'idle'
      when s.deadline_at <= now() then 'deadline'
    end as overdue
  from sessions s join templates t on t.id = s.template_id
  where s.state <> 'ended'
) judged where overdue is not null limit ${batch}`;

const lostSql = `
select s.id, s.xmin::text as version, d.error
from sessions s join desktops d on d.id = s.desktop_id
where s.state in ('starting', 'active', 'detached') and d.state <> 'claimed' limit ${batch}`;

/** Rows that have no further use; their hashes open nothing any more. */
const staleSql = [
  `delete from stream_tickets where expires_at < now() - interval '10 minutes'`,
  `delete from sign_ins where expires_at < now()`,
  `delete from kiosk_sign_ins where expires_at < now()`,
  `delete from desktops d where state = 'gone' and created_at < now() - interval '1 day'
     and not exists (select from sessions s where s.desktop_id = d.id)`,
];

interface OverdueRow {
  readonly id: string;
  readonly state: SessionState;
  readonly version: string;
  readonly wasAssigned: boolean;
  readonly overdue: Overdue;
}

export interface Sweep {
  readonly db: Database;
  readonly changes: Changes;
}

/** End sessions whose time is over, and detach those whose streams nobody tells of any more. */
export async function sweepOverdue({ db, changes }: Sweep): Promise<void> {
  for (const id of await detachSilentSessions(db)) changes.announce({ kind: 'session', id });
  for (const { id, version, state, overdue, wasAssigned } of await db.query<OverdueRow>(overdueSql)) {
    await end({ db, changes }, { id, version, ...outcomeOf(state, overdue, wasAssigned) });
  }
}

/** End sessions whose desktop is no longer theirs: its provider said that it is gone. */
export async function sweepLost({ db, changes }: Sweep): Promise<void> {
  for (const { id, version, error } of await db.query<{ id: string; version: string; error: string | null }>(
    lostSql,
  )) {
    await end(
      { db, changes },
      { id, version, endReason: 'desktop-lost', reason: error ?? 'The desktop is gone.' },
    );
  }
}

/** Delete rows that have no further use. */
export async function sweepStale({ db }: Sweep): Promise<void> {
  for (const sql of staleSql) await db.query(sql);
}

async function end(
  { db, changes }: Sweep,
  session: Outcome & { id: string; version: string },
): Promise<void> {
  const row = await endSession(db, { ...session, actor: systemActor });
  if (row) announceSession(changes, row);
}
