/**
 * Ends what has lasted too long, and warns before it, by the database's clock. Each session has a time when it is
 * looked at next, so ten thousand quiet ones cost next to nothing. Sweeping twice at once does nothing twice: what was
 * decided holds for the version of the row that was judged, and no other.
 */
import { systemActor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { comingEnd } from './coming-end.ts';
import { longestLookMs, planEnd, type Told } from './end-plan.ts';
import { endSession } from './end-session.ts';
import { announceSession } from './session-changes.ts';
import type { DetailedRow } from './session-reader.ts';
import { detailColumns, detailJoins, endFactsOf, recordedTold } from './session-row.ts';
import { type Outcome, outcomeOf } from './session-states.ts';
import { detachSilentSessions } from './session-streams.ts';

/** As many per look; the rest follows in the next. */
const batch = 500;

const dueSql = `
select s.id, s.state, s.xmin::text as version, now() as looked_at, ${detailColumns}
from sessions s ${detailJoins}
where s.state <> 'ended' and s.sweep_at <= now()
order by s.sweep_at limit ${batch}`;

const writeSql = `
update sessions s
set warnings = x.warnings, warned_end_at = to_timestamp(x."endAtMs" / 1000.0), sweep_at = to_timestamp(x."lookAgainMs" / 1000.0)
from jsonb_to_recordset($1) as x(id uuid, version text, warnings smallint, "endAtMs" float8, "lookAgainMs" float8)
where s.id = x.id and s.state <> 'ended' and s.xmin::text = x.version
returning s.id`;

const lostSql = `
select s.id, s.xmin::text as version, d.error
from sessions s join desktops d on d.id = s.desktop_id
where s.state in ('starting', 'active', 'detached') and d.state <> 'claimed' limit ${batch}`;

/** Rows that have no further use; their hashes open nothing any more. */
const staleSql = [
  `delete from stream_tickets where expires_at < now() - interval '10 minutes'`,
  `delete from sign_ins where expires_at < now()`,
  `delete from second_steps where expires_at < now()`,
  `delete from kiosk_sign_ins where expires_at < now()`,
  // Not while its provider shows it still: it is removed again by what is on record of it.
  `delete from desktops d where state = 'gone' and created_at < now() - interval '1 day'
     and not exists (select from sessions s where s.desktop_id = d.id)
     and not exists (select from findings f where f.subject = d.id::text and f.mended_at is null)`,
  `delete from findings where mended_at < now() - interval '90 days'`,
  `delete from broadcasts where ended_at < now() - interval '90 days'`,
];

type DueRow = Omit<DetailedRow, 'place' | 'obstacle'> & {
  readonly version: string;
  readonly looked_at: Date;
};

/** What is written of a session that goes on. */
interface Look {
  readonly id: string;
  readonly version: string;
  readonly warnings: number;
  readonly endAtMs: number | null;
  readonly lookAgainMs: number;
  /** Whether its user is to be told something new. */
  readonly isNews: boolean;
}

type Judgement = { readonly outcome: Outcome } | { readonly look: Look };

export interface Sweep {
  readonly db: Database;
  readonly changes: Changes;
}

/** End sessions whose time is over, warn those whose end comes, detach those whose streams nobody tells of any more. */
export async function sweepOverdue({ db, changes }: Sweep): Promise<void> {
  for (const id of await detachSilentSessions(db)) changes.announce({ kind: 'session', id });
  const looks: Look[] = [];
  for (const row of await db.query<DueRow>(dueSql)) {
    const judgement = judge(row);
    if ('look' in judgement) looks.push(judgement.look);
    else await end({ db, changes }, { id: row.id, version: row.version, ...judgement.outcome });
  }
  if (looks.length === 0) return;
  const written = new Set(
    (await db.query<{ id: string }>(writeSql, [JSON.stringify(looks)])).map(({ id }) => id),
  );
  for (const { id, isNews } of looks)
    if (isNews && written.has(id)) changes.announce({ kind: 'session', id });
}

/** What is to be done about one session now. */
function judge(row: DueRow): Judgement {
  const nowMs = row.looked_at.getTime();
  if (row.state === 'waiting' || row.state === 'starting') {
    const deadlineMs = row.deadline_at?.getTime() ?? nowMs;
    if (deadlineMs <= nowMs) return { outcome: outcomeOf(row.state, row.assigned_at !== null) };
    const lookAgainMs = Math.min(deadlineMs, nowMs + longestLookMs);
    return { look: lookOf(row, recordedTold(row), lookAgainMs) };
  }
  const plan = planEnd(comingEnd(endFactsOf(row)), recordedTold(row), nowMs);
  return plan.do === 'end' ? { outcome: plan.end } : { look: lookOf(row, plan.told, plan.lookAgainMs) };
}

function lookOf(row: DueRow, told: Told, lookAgainMs: number): Look {
  const { warnings, endAtMs } = told;
  const isNews = warnings !== row.warnings || endAtMs !== recordedTold(row).endAtMs;
  return { id: row.id, version: row.version, warnings, endAtMs, lookAgainMs, isNews };
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
