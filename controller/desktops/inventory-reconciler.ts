/**
 * Compares PostgreSQL with every provider, both ways, now and then: finds what a crash in between, or somebody
 * else's hands, left behind. Running it twice at the same time does nothing twice.
 */
import { toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Changes } from '../store/changes.ts';
import type { Database, Prepared } from '../store/database.ts';
import { type DesktopRow, desktopColumns, toSpec } from './desktop-row.ts';
import { callTimeoutMs, moveDesktop } from './desktop-work.ts';
import { type Difference, planInventory, unansweredLimit } from './inventory-plan.ts';
import type { Progress, Provider } from './provider.ts';
import { ReconcileLoop } from './reconcile-loop.ts';

/** A desktop younger than this may be missing from a list that was made while it was made. */
const settledS = 20;

/**
 * So many that are missing in use are asked after in one look: hosts that are away with thousands of desktops must not
 * cause thousands of questions at once. Whoever was asked is looked at later, so all have their turn.
 */
const maxMissing = 500;

/** Only where both differ: of ten thousand desktops that are where they should be nothing is fetched. */
const differencesSql: Prepared = {
  name: 'desktops.compare',
  text: `
with listed as materialized (select unnest($2::uuid[]) as id)
select l.id, null as state from listed l where not exists (select from desktops d where d.id = l.id)
union all
select d.id, d.state from listed l join desktops d on d.id = l.id where d.state = 'gone'
union all
select d.id, d.state from desktops d
where d.provider = $1 and d.state in ('cold', 'ready') and d.ready_at < now() - interval '${settledS} seconds'
  and not exists (select from listed l where l.id = d.id)
union all
(select d.id, d.state from desktops d
where d.provider = $1 and d.state = 'claimed' and d.claimed_at < now() - interval '${settledS} seconds'
  and not exists (select from listed l where l.id = d.id)
order by d.look_again_at limit ${maxMissing})`,
};

const readSql = `select ${desktopColumns} from desktops d join templates t on t.id = d.template_id where d.id = any($1)`;

const countUnansweredSql = `
update desktops set attempts = case when $2 then 0 else attempts + 1 end
where id = $1 and state = $3 returning attempts`;

const hurrySql = `update desktops set look_again_at = now() where id = any($1) and state = 'claimed'`;

export interface InventoryReconcilerOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly logger: Logger;
  /** Between two comparisons. */
  readonly intervalMs?: number;
}

export class InventoryReconciler {
  readonly #options: InventoryReconcilerOptions;
  readonly #loop: ReconcileLoop;

  constructor(options: InventoryReconcilerOptions) {
    const { logger, intervalMs = 15_000 } = options;
    this.#options = options;
    this.#loop = new ReconcileLoop({
      name: 'inventory',
      intervalMs,
      logger,
      look: (signal) => this.#look(signal),
    });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  async #look(stopping: AbortSignal): Promise<void> {
    for (const provider of this.#options.providers.values()) {
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(callTimeoutMs)]);
      try {
        await this.#compare(provider, signal);
      } catch (caught) {
        if (stopping.aborted) return;
        const fields = { err: toError(caught), provider: provider.name };
        this.#options.logger.warn(fields, 'a provider could not be compared with the records');
      }
    }
  }

  async #compare(provider: Provider, signal: AbortSignal): Promise<void> {
    const { db, changes, logger } = this.#options;
    const listed = (await provider.list(signal)).map(({ id }) => id);
    const plan = planInventory(await db.query<Difference>(differencesSql, [provider.name, listed]));
    if (plan.strangers.length > 0) {
      logger.warn(
        { provider: provider.name, desktops: plan.strangers },
        'a provider has desktops of no record',
      );
    }
    for (const row of await this.#read(plan.leftovers)) {
      logger.warn({ desktopId: row.id }, 'a desktop that should be gone is removed again');
      await provider.delete(toSpec(row), signal);
    }
    const claimed = plan.missing.filter(({ state }) => state === 'claimed').map(({ id }) => id);
    if (claimed.length > 0) await db.query(hurrySql, [claimed]);
    for (const id of claimed) changes.announce({ kind: 'desktop', id });
    const unused = plan.missing.filter(({ state }) => state !== 'claimed').map(({ id }) => id);
    for (const row of await this.#read(unused)) await this.#checkUnused(provider, row, signal);
  }

  async #checkUnused(provider: Provider, row: DesktopRow, signal: AbortSignal): Promise<void> {
    const { db, changes } = this.#options;
    // Whoever has moved it on meanwhile looks after it.
    if (row.state !== 'ready' && row.state !== 'cold') return;
    const answer = await this.#poll(provider, row, signal);
    const [counted] = await db.query<{ attempts: number }>(countUnansweredSql, [
      row.id,
      answer !== undefined,
      row.state,
    ]);
    const isLost = answer ? answer.state === 'gone' || answer.state === 'failed' : false;
    if (!isLost && (counted?.attempts ?? 0) < unansweredLimit) return;
    const error = answer?.reason ?? 'The desktop was not there any more.';
    const move = { id: row.id, from: row.state, to: 'deleting', error, progress: undefined } as const;
    if (!(await moveDesktop(db, move))) return;
    changes.announce({ kind: 'desktop', id: row.id });
    changes.announce({ kind: 'pool', id: row.template_id });
  }

  async #poll(provider: Provider, row: DesktopRow, signal: AbortSignal): Promise<Progress | undefined> {
    try {
      return await provider.poll(toSpec(row), signal);
    } catch (caught) {
      if (signal.aborted) throw caught;
      this.#options.logger.warn(
        { err: toError(caught), desktopId: row.id },
        'an unused desktop cannot be asked after',
      );
      return undefined;
    }
  }

  async #read(ids: readonly string[]): Promise<DesktopRow[]> {
    return ids.length === 0 ? [] : await this.#options.db.query<DesktopRow>(readSql, [ids]);
  }
}
