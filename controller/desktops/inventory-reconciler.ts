/**
 * Compares PostgreSQL with every provider, both ways, now and then: finds what a crash in between, or somebody
 * else's hands, left behind. Rules:
 * - what is found is reported first; what a provider has too many of is removed after a grace, by our own id alone;
 * - what is missing is asked after: that a list leaves it out proves nothing;
 * - a provider that does not answer keeps no other from being compared;
 * - running it twice at the same time does nothing twice.
 */
import { HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { FindingBook, type Look } from '../findings/finding-book.ts';
import type { Sighting } from '../findings/sighting.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Prepared } from '../store/database.ts';
import { isOutage } from '../store/database-errors.ts';
import { type DesktopRow, desktopColumns, toSpec } from './desktop-row.ts';
import { callTimeoutMs } from './desktop-work.ts';
import { giveUpLost } from './give-up-lost.ts';
import {
  type Difference,
  inventorySightings,
  maxTold,
  partListed,
  planInventory,
  type RecordedDesktop,
  unansweredLimit,
  unansweredSighting,
  unlistedSighting,
} from './inventory-plan.ts';
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
select l.id, null as state, null as provider from listed l where not exists (select from desktops d where d.id = l.id)
union all
select d.id, d.state, d.provider from listed l join desktops d on d.id = l.id where d.state = 'gone' or d.provider <> $1
union all
select d.id, d.state, d.provider from desktops d
where d.provider = $1 and d.state in ('cold', 'ready') and d.ready_at < now() - interval '${settledS} seconds'
  and not exists (select from listed l where l.id = d.id)
union all
(select d.id, d.state, d.provider from desktops d
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
  /** Between the report of a leftover and its removal. */
  readonly graceMs?: number;
}

export class InventoryReconciler {
  readonly #options: InventoryReconcilerOptions;
  readonly #findings: FindingBook;
  readonly #loops: readonly ReconcileLoop[];

  constructor(options: InventoryReconcilerOptions) {
    const { logger, providers, intervalMs = 15_000 } = options;
    this.#options = options;
    this.#findings = new FindingBook(options);
    this.#loops = [...providers.values()].map(
      (provider) =>
        new ReconcileLoop({
          name: `inventory-${provider.name}`,
          intervalMs,
          logger,
          look: (signal) => this.#look(provider, signal),
        }),
    );
  }

  start(): void {
    for (const loop of this.#loops) loop.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#loops.map((loop) => loop.stop()));
  }

  async #look(provider: Provider, stopping: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(callTimeoutMs)]);
    const names = await this.#list(provider, signal);
    if (!names) return;
    const look = { sweeper: `inventory ${provider.name}`, startedAt: performance.now() };
    const { ids, strangers } = partListed(names);
    const differences = await this.#options.db.query<Difference>(differencesSql, [provider.name, ids]);
    const found = planInventory(provider.name, differences);
    const plan = { ...found, strangers: [...strangers, ...found.strangers] };
    await this.#findings.report(look, inventorySightings(provider.name, plan, this.#options.graceMs));
    await this.#removeAgain(provider, { look, leftovers: new Set(plan.leftovers) }, signal);
    const unanswered = await this.#askAfter(provider, plan.missing, signal);
    await this.#findings.report(look, unanswered);
    await this.#findings.close(look);
  }

  /** @returns the names of what the provider has; undefined when it does not tell, which is a finding */
  async #list(provider: Provider, signal: AbortSignal): Promise<string[] | undefined> {
    const look = { sweeper: `list ${provider.name}`, startedAt: performance.now() };
    try {
      const listed = await provider.list(signal);
      await this.#findings.close(look);
      return listed.map(({ id }) => id);
    } catch (caught) {
      const error = toError(caught);
      if (isOutage(error)) throw error;
      // Being stopped is no fault of the provider's.
      if (signal.aborted && !isTimeout(signal.reason)) return undefined;
      await this.#findings.report(look, [unlistedSighting(provider.name, wordsOf(error))]);
      return undefined;
    }
  }

  async #removeAgain(
    provider: Provider,
    { look, leftovers }: { look: Look; leftovers: ReadonlySet<string> },
    signal: AbortSignal,
  ): Promise<void> {
    if (leftovers.size === 0) return;
    const due = (await this.#findings.takeDue(look)).filter(({ subject }) => leftovers.has(subject));
    const rows = new Map((await this.#read(due.map(({ subject }) => subject))).map((row) => [row.id, row]));
    for (const { id, subject } of due) {
      const row = rows.get(subject);
      if (row?.state !== 'gone' || row.provider !== provider.name) continue;
      const answer = await this.#ask('delete', provider, row, signal);
      const isGone = !(answer instanceof Error) && answer.state === 'gone';
      if (isGone) await this.#findings.mended(id, 'It was removed again.');
    }
  }

  /** @returns what is told of those that nobody can ask after */
  async #askAfter(
    provider: Provider,
    missing: readonly RecordedDesktop[],
    signal: AbortSignal,
  ): Promise<Sighting[]> {
    const { db, changes } = this.#options;
    const claimed = missing.filter(({ state }) => state === 'claimed').map(({ id }) => id);
    if (claimed.length > 0) await db.query(hurrySql, [claimed]);
    for (const id of claimed) changes.announce({ kind: 'desktop', id });
    const unused = missing.filter(({ state }) => state !== 'claimed').map(({ id }) => id);
    const unanswered: Sighting[] = [];
    for (const row of await this.#read(unused)) {
      const sighting = await this.#checkUnused(provider, row, signal);
      if (sighting && unanswered.length < maxTold) unanswered.push(sighting);
    }
    return unanswered;
  }

  async #checkUnused(
    provider: Provider,
    row: DesktopRow,
    signal: AbortSignal,
  ): Promise<Sighting | undefined> {
    const { db, changes } = this.#options;
    const { id, state } = row;
    // Whoever has moved it on meanwhile looks after it.
    if (state !== 'ready' && state !== 'cold') return undefined;
    const answer = await this.#ask('poll', provider, row, signal);
    const isSilent = answer instanceof Error;
    const [counted] = await db.query<{ attempts: number }>(countUnansweredSql, [id, !isSilent, state]);
    const isLost = !isSilent && (answer.state === 'gone' || answer.state === 'failed');
    const isGivenUp = isSilent && (counted?.attempts ?? 0) >= unansweredLimit;
    if (!isLost && !isGivenUp) {
      return isSilent ? unansweredSighting(provider.name, { id, state }, wordsOf(answer)) : undefined;
    }
    const error = (isSilent ? undefined : answer.reason) ?? 'The desktop was not there any more.';
    const move = { id, from: state, to: 'deleting', error, progress: undefined } as const;
    if (!(await giveUpLost(this.#findings, { ...move, provider: provider.name }))) return undefined;
    changes.announce({ kind: 'desktop', id });
    changes.announce({ kind: 'pool', id: row.template_id });
    return undefined;
  }

  async #ask(
    question: 'poll' | 'delete',
    provider: Provider,
    row: DesktopRow,
    signal: AbortSignal,
  ): Promise<Progress | Error> {
    try {
      return await provider[question](toSpec(row), signal);
    } catch (caught) {
      if (signal.aborted) throw caught;
      const err = toError(caught);
      this.#options.logger.debug({ err, desktopId: row.id, question }, 'a desktop cannot be asked after');
      return err;
    }
  }

  async #read(ids: readonly string[]): Promise<DesktopRow[]> {
    return ids.length === 0 ? [] : await this.#options.db.query<DesktopRow>(readSql, [ids]);
  }
}

function isTimeout(reason: unknown): boolean {
  return toError(reason).name === 'TimeoutError';
}

function wordsOf(error: Error): string {
  return error instanceof HomeroomError ? error.detail : error.message;
}
