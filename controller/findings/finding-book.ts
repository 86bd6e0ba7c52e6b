/**
 * The record of what the sweepers found. Rules:
 * - any number of processes sweep at the same time: one open finding for one thing, whoever saw it (`findings_open`);
 * - reported first, mended later: whoever mends takes the finding, and the next to try waits, longer each time;
 * - a finding that a sweeper's look began after, and did not see again, is over by itself;
 * - each mend is in the audit log, as Homeroom's own deed.
 */
import type { FindingKind } from '@homeroom/protocol';
import { systemActor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Prepared, Queryable } from '../store/database.ts';
import { fitSighting, type Sighting } from './sighting.ts';

const firstPauseS = 30;
const maxPauseS = 1_800;
const maxTaken = 100;
const marginMs = 1_000;

/** In the order of the index, so that two processes never wait for each other's rows crosswise. */
const reportSql: Prepared = {
  name: 'findings.report',
  text: `
with seen as (
  select distinct on (kind, coalesce(provider, ''), subject) *
  from jsonb_to_recordset($2) as x(kind text, provider text, subject text, reason text, mend text, "graceMs" float8)
  order by kind, coalesce(provider, ''), subject
), written as (
  insert into findings as f (kind, provider, subject, reason, mend, mend_at, sweeper)
  select kind, provider, subject, reason, mend, now() + make_interval(secs => "graceMs" / 1000), $1
  from seen order by kind, coalesce(provider, ''), subject
  on conflict (kind, coalesce(provider, ''), subject) where mended_at is null do update
  set times = f.times + 1, last_seen_at = now(), reason = excluded.reason, mend = excluded.mend,
    mend_at = coalesce(f.mend_at, excluded.mend_at), sweeper = excluded.sweeper
  returning f.id, f.kind, f.times
), counted as (
  insert into finding_totals as t (kind, found)
  select kind, count(*) from written where times = 1 group by kind order by kind
  on conflict (kind) do update set found = t.found + excluded.found
)
select id, times = 1 as "isNew" from written`,
};

const closeSql: Prepared = {
  name: 'findings.close',
  text: `
update findings set mended_at = now(), mend = 'Nothing more: it is so no longer.'
where sweeper = $1 and mended_at is null and last_seen_at < now() - make_interval(secs => $2 / 1000.0)
returning id`,
};

const takeSql: Prepared = {
  name: 'findings.take',
  text: `
update findings set attempts = attempts + 1,
  mend_at = now() + make_interval(secs => least(${firstPauseS} * 2 ^ least(attempts, 10), ${maxPauseS}))
where id in (
  select id from findings
  where sweeper = $1 and mended_at is null and mend_at <= now()
    and last_seen_at >= now() - make_interval(secs => $2 / 1000.0)
  order by mend_at limit ${maxTaken} for update skip locked
)
returning id, kind, provider, subject`,
};

const mendSql = `
update findings set mended_at = now(), mend = $2 where id = $1 and mended_at is null
returning kind, provider, subject, reason`;

/** A finding that whoever took it may mend. */
export interface DueFinding {
  readonly id: string;
  readonly kind: FindingKind;
  readonly provider: string | null;
  readonly subject: string;
}

/** What an earlier or later statement of the same look needs to know of it. */
export interface Look {
  /** Names the sweeper: its findings are closed by its looks alone. */
  readonly sweeper: string;
  /** By `performance.now()`. */
  readonly startedAt: number;
}

/** See the head of the file. */
export class FindingBook {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** Write down what a look saw: what stands already is counted once more. @throws database_unavailable */
  async report({ sweeper }: Pick<Look, 'sweeper'>, sightings: readonly Sighting[]): Promise<void> {
    if (sightings.length === 0) return;
    const rows = await write(this.#db, sweeper, sightings);
    this.#announce(rows.filter(({ isNew }) => isNew));
  }

  /**
   * End the findings that a whole look did not see again; not for looks that were cut short, or left something out.
   *
   * @throws database_unavailable
   */
  async close({ sweeper, startedAt }: Look): Promise<void> {
    this.#announce(await this.#db.query<{ id: string }>(closeSql, [sweeper, sinceMs(startedAt)]));
  }

  /**
   * Take findings of this look whose time to be mended has come: nobody else does meanwhile, and those that are not
   * mended come again later, after longer and longer.
   *
   * @throws database_unavailable
   */
  async takeDue({ sweeper, startedAt }: Look): Promise<DueFinding[]> {
    return await this.#db.query<DueFinding>(takeSql, [sweeper, sinceMs(startedAt)]);
  }

  /**
   * Write down that a finding was mended.
   *
   * @param deed a sentence: what was done
   * @throws database_unavailable
   */
  async mended(id: string, deed: string): Promise<void> {
    if (await this.#db.transaction((tx) => writeMend(tx, id, deed))) this.#announce([{ id }]);
  }

  /**
   * Find something and mend it by the same transaction: for what is mended by changing its record alone.
   *
   * @param mend does it; false when there was nothing to do after all
   * @returns what `mend` gave
   * @throws database_unavailable
   */
  async mendAtOnce(
    sighting: Sighting,
    deed: string,
    mend: (tx: Queryable) => Promise<boolean>,
  ): Promise<boolean> {
    const ids = await this.#db.transaction(async (tx) => {
      if (!(await mend(tx))) return undefined;
      const rows = await write(tx, 'records', [sighting]);
      for (const { id } of rows) await writeMend(tx, id, deed);
      return rows;
    });
    if (ids) this.#announce(ids);
    return ids !== undefined;
  }

  #announce(findings: readonly { readonly id: string }[]): void {
    for (const { id } of findings) this.#changes.announce({ kind: 'finding', id });
  }
}

async function write(
  db: Queryable,
  sweeper: string,
  sightings: readonly Sighting[],
): Promise<{ id: string; isNew: boolean }[]> {
  return await db.query(reportSql, [sweeper, JSON.stringify(sightings.map(fitSighting))]);
}

async function writeMend(tx: Queryable, id: string, deed: string): Promise<boolean> {
  const [row] = await tx.query<Record<string, unknown>>(mendSql, [id, deed]);
  if (!row) return false;
  const { userId, username } = systemActor;
  const details = { ...row, deed };
  await record(tx, { actor: { id: userId, username }, action: 'finding.mend', subject: id, details });
  return true;
}

/** A statement is on its way for a while: what another process wrote meanwhile is not taken for older than the look. */
function sinceMs(startedAt: number): number {
  return performance.now() - startedAt + marginMs;
}
