/**
 * Keeps each pool at its size. One process at a time plans a pool: the plan is made and written in one
 * transaction that holds the pool's row; a locked pool is somebody else's, and skipped.
 */
import type { Logger } from 'pino';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { countPools } from './pool-counts.ts';
import { isNothing, planPool } from './pool-plan.ts';
import { byUrgency } from './pool-urgency.ts';
import { carryOut } from './pool-work.ts';
import { freeSlots, type Place } from './provider-slots.ts';
import { ReconcileLoop } from './reconcile-loop.ts';

export interface PoolReconcilerOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly logger: Logger;
}

const intervalMs = 2_000;
/** A class that starts together claims hundreds in a second; one look refills for many of them. */
const restMs = 50;

const lockSql = `
select t.provider, t.storage from pools p join templates t on t.id = p.template_id
where p.template_id = $1 for update of p skip locked`;

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
    const needy = (await countPools(db))
      .filter((pool) => !isNothing(planPool(pool, pool)))
      .toSorted(byUrgency);
    let isAnyTouched = false;
    for (const [index, { templateId, provider }] of needy.entries()) {
      if (signal.aborted) return;
      const contenders = needy.slice(index).filter((pool) => pool.provider === provider).length;
      const touched = await db.transaction((tx) => reconcilePool(tx, templateId, contenders));
      for (const id of touched) changes.announce({ kind: 'desktop', id });
      isAnyTouched ||= touched.length > 0;
    }
    // What one of them left of its share is another's.
    if (isAnyTouched) this.#loop.wake();
  }
}

/**
 * @param contenders pools that share what the provider's limits leave, this one among them
 * @returns the desktops that were touched; empty when the pool is as it should be, or somebody else's
 */
async function reconcilePool(tx: Queryable, templateId: string, contenders: number): Promise<string[]> {
  const [place] = await tx.query<Place>(lockSql, [templateId]);
  if (!place) return [];
  const slots = Math.ceil((await freeSlots(tx, place)) / contenders);
  // Counted after the limits' lock was waited for: until then others may have changed what is there.
  const [pool] = await countPools(tx, templateId);
  return pool ? await carryOut(tx, templateId, planPool(pool, pool, slots)) : [];
}
