/**
 * The reconciler of desktops: makes, removes, and looks after those in use.
 * - Work is taken by row locks and leases (`desktop-work.ts`): any number of processes may run this.
 * - A step re-reads, asks the provider one question, decides in `desktop-plan.ts`, writes last.
 * - Events only wake it; a timer finds what no event told of.
 * - A desktop in use that is lost leaves `claimed`; the session reconciler sees that and ends its session.
 */
import { toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { FindingBook } from '../findings/finding-book.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { waitForDatabase } from '../store/wait-for-database.ts';
import { BoundedTasks } from './bounded-tasks.ts';
import {
  type DesktopFacts,
  type DesktopStep,
  lookAgainInMs,
  planDesktop,
  questionOf,
} from './desktop-plan.ts';
import { toSpec } from './desktop-row.ts';
import {
  callTimeoutMs,
  giveBackDesktop,
  isDue,
  leaseMs,
  moveDesktop,
  postponeDesktop,
  type TakenDesktop,
  takeDueDesktops,
} from './desktop-work.ts';
import { giveUpLost, isLoss } from './give-up-lost.ts';
import type { Progress, Provider } from './provider.ts';
import { ReconcileLoop } from './reconcile-loop.ts';

export { PoolReconciler } from './pool-reconciler.ts';

export interface ReconcilerOptions {
  readonly db: Database;
  readonly changes: Changes;
  /** By name, as `templates.provider` has it. */
  readonly providers: ReadonlyMap<string, Provider>;
  readonly logger: Logger;
  /** From 0 to below 1. */
  readonly chance?: () => number;
}

const intervalMs = 500;
/** Until the next try when the database refused what a provider answered. */
const refusedMs = 1_000;
/** Every claim tells of its desktop: a class that starts together would cause hundreds of looks at nothing due. */
const restMs = 50;
/** Steps at once in this process; most of them wait for a provider. */
const maxSteps = 24;

const lookAgainSql = `
update desktops set look_again_at = now()
where id = $1 and ${isDue} and look_again_at > now()`;

export class DesktopReconciler {
  readonly #options: ReconcilerOptions;
  readonly #chance: () => number;
  readonly #loop: ReconcileLoop;
  readonly #tasks: BoundedTasks;
  readonly #findings: FindingBook;
  #unsubscribe: (() => void) | undefined;

  constructor(options: ReconcilerOptions) {
    const { logger } = options;
    this.#options = options;
    this.#chance = options.chance ?? Math.random;
    this.#findings = new FindingBook(options);
    this.#tasks = new BoundedTasks({ limit: maxSteps, logger });
    this.#loop = new ReconcileLoop({
      name: 'desktops',
      intervalMs,
      restMs,
      logger,
      look: (signal) => this.#look(signal),
    });
  }

  start(): void {
    this.#unsubscribe ??= this.#options.changes.subscribe(({ kind }) => {
      if (kind === 'desktop') this.#loop.wake();
    });
    this.#loop.start();
  }

  /** Calls to providers are cut off; their desktops are looked at again by whoever runs next. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
    await this.#tasks.settled();
  }

  /** Something was heard of a desktop: ask its provider now, instead of when it is due. */
  async lookAgain(desktopId: string): Promise<void> {
    await this.#options.db.query(lookAgainSql, [desktopId]);
    this.#loop.wake();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const providers = [...this.#options.providers.keys()];
    const limit = this.#tasks.free;
    const taken = limit > 0 ? await takeDueDesktops(this.#options.db, { limit, providers }) : [];
    // Fewer than asked for are all that are due: what becomes due next is announced, or found by the timer.
    const isMoreDue = taken.length === limit;
    for (const desktop of taken) {
      this.#tasks.start(async () => {
        await this.#step(desktop, signal);
        if (isMoreDue) this.#loop.wake();
      });
    }
  }

  async #step(desktop: TakenDesktop, signal: AbortSignal): Promise<void> {
    const answer = await this.#ask(desktop, signal);
    // Cut off by `stop`: nothing was learned.
    if (answer instanceof Error && signal.aborted) {
      await this.#giveBack(desktop);
      return;
    }
    const step = planDesktop(factsOf(desktop), answer);
    const progress = answer instanceof Error ? undefined : answer;
    // What was done at the provider is worth writing down when the database comes back within the lease.
    const patience = AbortSignal.any([signal, AbortSignal.timeout(leaseMs - callTimeoutMs)]);
    try {
      await waitForDatabase(() => this.#write(desktop, step, progress), patience);
    } catch (caught) {
      const violation = violationOf(caught);
      if (!violation) throw caught;
      // What was answered may not be: its host lost the consent meanwhile, say. The next answer tells more.
      const { id, state } = desktop;
      const error = `Its place is refused: ${violation.constraint}.`;
      await postponeDesktop(this.#options.db, { id, state, inMs: refusedMs, error, progress: undefined });
    }
  }

  async #giveBack({ id, state }: TakenDesktop): Promise<void> {
    const { db, changes, logger } = this.#options;
    try {
      if (await giveBackDesktop(db, { id, state })) changes.announce({ kind: 'desktop', id });
    } catch (caught) {
      // Then it is taken when the lease has ended.
      logger.warn({ err: toError(caught), desktopId: id }, 'a desktop could not be given back');
    }
  }

  async #ask(desktop: TakenDesktop, stopping: AbortSignal): Promise<Progress | Error | undefined> {
    const question = questionOf(desktop.state, desktop.ref);
    const provider = this.#options.providers.get(desktop.provider);
    if (question === 'nothing' || !provider) return undefined;
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(callTimeoutMs)]);
    try {
      return await provider[question](toSpec(desktop), signal);
    } catch (caught) {
      return toError(caught);
    }
  }

  async #write(desktop: TakenDesktop, step: DesktopStep, progress: Progress | undefined): Promise<void> {
    const { db, changes, logger } = this.#options;
    const { id, state } = desktop;
    if (step.do === 'wait') {
      const inMs = lookAgainInMs(
        {
          state,
          attempts: desktop.attempts,
          isAnswered: progress !== undefined,
          isOverdue: desktop.is_overdue,
        },
        this.#chance(),
      );
      await postponeDesktop(db, { id, state, inMs, error: step.error, progress });
      if (state === 'deleting' && desktop.is_overdue)
        logger.error({ desktopId: id }, 'a desktop cannot be removed');
      if (step.error !== null && step.error !== desktop.error) changes.announce({ kind: 'desktop', id });
      return;
    }
    const { to, error } = step;
    const move = { id, from: state, to, error, progress };
    const isMoved = isLoss(move)
      ? await giveUpLost(this.#findings, { ...move, provider: desktop.provider })
      : await moveDesktop(db, move);
    if (!isMoved) return;
    if (error !== null) logger.warn({ desktopId: id, from: state, to, error }, 'a desktop was given up');
    changes.announce({ kind: 'desktop', id });
    changes.announce({ kind: 'pool', id: desktop.template_id });
    if (to === 'ready') changes.announce({ kind: 'template', id: desktop.template_id });
  }
}

function factsOf({ state, level, is_overdue, has_session }: TakenDesktop): DesktopFacts {
  return { state, level, isOverdue: is_overdue, hasSession: has_session };
}
