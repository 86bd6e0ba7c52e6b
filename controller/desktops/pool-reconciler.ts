/**
 * Keeps each pool at its size. One process at a time plans a pool: the plan is made and written in one
 * transaction that holds the pool's row; a locked pool is somebody else's, and skipped.
 */
import type { Logger } from 'pino';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { deletingColumns } from './desktop-states.ts';
import { type PoolCounts, planPool } from './pool-plan.ts';
import { ReconcileLoop } from './reconcile-loop.ts';

export interface PoolReconcilerOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly logger: Logger;
}

const intervalMs = 2_000;
/** A class that starts together claims hundreds in a second; one look refills for many of them. */
const restMs = 50;

const minimumColumn = `case when t.withdrawn_at is null then p.warm_minimum else 0 end as minimum`;

const countColumns = `
  count(d.id) filter (where d.state = 'creating') as creating,
  count(d.id) filter (where d.state = 'ready') as ready,
  count(d.id) filter (where d.state = 'claimed') as claimed,
  count(d.id) filter (where d.state = 'ready' and d.ready_at < now() - make_interval(secs => p.max_age_s)) as aged,
  (select count(*) from sessions w where w.template_id = p.template_id and w.state = 'waiting') as waiting,
  (select count(*) from desktops f
    where f.template_id = p.template_id and f.failed_at > now() - interval '1 minute') as "failedLately"`;

const countSql = `
select p.template_id as "templateId", p.maximum, p.max_age_s as "maxAgeS", ${minimumColumn}, ${countColumns}
from pools p
join templates t on t.id = p.template_id
left join desktops d on d.template_id = p.template_id and d.state in ('creating', 'ready', 'claimed')
where $1::text is null or p.template_id = $1
group by p.template_id, t.id`;

const lockSql = `select from pools where template_id = $1 for update skip locked`;

const createSql = `
insert into desktops (template_id, provider, state, deadline_at)
select t.id, t.provider, 'creating', now() + make_interval(secs => t.create_timeout_s)
from templates t, generate_series(1, $2) where t.id = $1
returning id`;

/** The oldest go first. One that is being claimed in this moment is locked, and stays. */
const removeSql = `
with surplus as (
  select id from desktops where template_id = $1 and state = 'ready' order by ready_at limit $2 for update skip locked
)
update desktops d set ${deletingColumns} from surplus where d.id = surplus.id returning d.id`;

const expireSql = `
with aged as (
  select id from desktops
  where template_id = $1 and state = 'ready' and ready_at < now() - make_interval(secs => $2)
  for update skip locked
)
update desktops d set ${deletingColumns} from aged where d.id = aged.id returning d.id`;

interface PoolState extends PoolCounts {
  readonly templateId: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly maxAgeS: number | null;
  /** Ready desktops beyond the pool's maximum age. */
  readonly aged: number;
}

/** Only these say that a pool may need something; every desktop's own steps tell of its pool too. */
const wakingKinds: ReadonlySet<string> = new Set(['pool', 'template']);

export class PoolReconciler {
  readonly #options: PoolReconcilerOptions;
  readonly #loop: ReconcileLoop;
  #unsubscribe: (() => void) | undefined;

  constructor(options: PoolReconcilerOptions) {
    const { logger } = options;
    this.#options = options;
    this.#loop = new ReconcileLoop({
      name: 'pools',
      intervalMs,
      restMs,
      logger,
      look: (signal) => this.#look(signal),
    });
  }

  start(): void {
    this.#unsubscribe ??= this.#options.changes.subscribe(({ kind }) => {
      if (wakingKinds.has(kind)) this.#loop.wake();
    });
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { db, changes } = this.#options;
    const pools = await db.query<PoolState>(countSql, [null]);
    for (const { templateId } of pools.filter(isInNeed)) {
      if (signal.aborted) return;
      const touched = await db.transaction((tx) => reconcilePool(tx, templateId));
      for (const id of touched) changes.announce({ kind: 'desktop', id });
    }
  }
}

function isInNeed(pool: PoolState): boolean {
  const { create, remove } = planPool(pool, pool);
  return create > 0 || remove > 0 || pool.aged > 0;
}

/** @returns the desktops that were begun or given up; empty when the pool is as it should be, or somebody else's. */
async function reconcilePool(tx: Queryable, templateId: string): Promise<string[]> {
  const isOurs = (await tx.query(lockSql, [templateId])).length > 0;
  if (!isOurs) return [];
  const [before] = await tx.query<PoolState>(countSql, [templateId]);
  if (!before) return [];
  const expired = before.aged > 0 ? await ids(tx, expireSql, [templateId, before.maxAgeS]) : [];
  const plan = planPool({ ...before, ready: before.ready - expired.length }, before);
  const made = plan.create > 0 ? await ids(tx, createSql, [templateId, plan.create]) : [];
  const removed = plan.remove > 0 ? await ids(tx, removeSql, [templateId, plan.remove]) : [];
  return [...expired, ...made, ...removed];
}

async function ids(tx: Queryable, sql: string, values: readonly unknown[]): Promise<string[]> {
  return (await tx.query<{ id: string }>(sql, values)).map(({ id }) => id);
}
