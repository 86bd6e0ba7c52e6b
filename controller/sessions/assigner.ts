/**
 * Makes claimed desktops their users'. A provider gets a deadline and a second try; then another desktop is
 * taken, once; then the session ends as failed, with the reason.
 */
import { errorCodeOf, HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { BoundedTasks } from '../desktops/bounded-tasks.ts';
import type { Provider, StreamAddress } from '../desktops/provider.ts';
import { systemActor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { Gathered } from '../store/gathered.ts';
import { waitForDatabase } from '../store/wait-for-database.ts';
import { attemptsAfterReplacement, planAfterFailure } from './assignment-plan.ts';
import {
  assignTimeoutMs,
  type DueAssignment,
  type Finished,
  finishAssignments,
  giveBackAssignment,
  leaseMs,
  repeatAssignment,
  replaceDesktop,
  takeDueAssignments,
} from './assignment-work.ts';
import { endSession } from './end-session.ts';
import { announceSession } from './session-changes.ts';

/** A class that logs in together is served in a few waves; most of the time is the host's. */
const maxAtOnce = 32;

export interface AssignerOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly logger: Logger;
}

export class Assigner {
  readonly #options: AssignerOptions;
  readonly #tasks: BoundedTasks;
  /** What providers have done is written down together: it leaves the database to the claims. */
  readonly #finishing: Gathered<Finished, boolean>;

  constructor(options: AssignerOptions) {
    this.#options = options;
    this.#finishing = new Gathered((finished) => finishAssignments(options.db, finished));
    this.#tasks = new BoundedTasks({ limit: maxAtOnce, logger: options.logger });
  }

  /**
   * Begin every assignment that is due, as many at once as there is room for.
   *
   * @param onDone is called after each: there may be more to do
   */
  async beginDue(signal: AbortSignal, onDone: () => void): Promise<void> {
    const { db, providers } = this.#options;
    while (this.#tasks.free > 0 && !signal.aborted) {
      const taken = await takeDueAssignments(db, {
        limit: this.#tasks.free,
        providers: [...providers.keys()],
      });
      for (const due of taken) this.#tasks.start(() => this.#assign(due, signal).finally(onDone));
      if (taken.length === 0) return;
    }
  }

  /** Wait for those that were begun. */
  async settled(): Promise<void> {
    await this.#tasks.settled();
  }

  async #assign(due: DueAssignment, stopping: AbortSignal): Promise<void> {
    const provider = this.#options.providers.get(due.provider);
    if (!provider) return;
    const outcome = await askProvider(provider, due, stopping);
    // Cut off by `stop`: whoever takes the session next repeats it.
    if (outcome instanceof Error && stopping.aborted) {
      await this.#giveBack(due);
      return;
    }
    // What was done at the provider is worth writing down when the database comes back within the lease.
    const patience = AbortSignal.any([stopping, AbortSignal.timeout(leaseMs - assignTimeoutMs)]);
    const isLive = await waitForDatabase(
      () => (outcome instanceof Error ? this.#afterFailure(due, outcome) : this.#afterSuccess(due, outcome)),
      patience,
    );
    // The session ended while its desktop was started: the removal may have come before the start did.
    if (!isLive) await provider.delete(due.desktop, AbortSignal.timeout(assignTimeoutMs));
  }

  async #giveBack(due: DueAssignment): Promise<void> {
    const { db, changes, logger } = this.#options;
    const { sessionId } = due;
    try {
      if (await giveBackAssignment(db, due)) changes.announce({ kind: 'session', id: sessionId });
    } catch (caught) {
      // Then it is taken when the lease has ended.
      logger.warn({ err: toError(caught), sessionId }, 'an assignment could not be given back');
    }
  }

  /** @returns false when the session had ended already. */
  async #afterSuccess(due: DueAssignment, stream: StreamAddress): Promise<boolean> {
    const { sessionId, desktop } = due;
    const isLive = await this.#finishing.ask({ sessionId, desktopId: desktop.id, stream });
    if (isLive) this.#options.changes.announce({ kind: 'session', id: sessionId });
    return isLive;
  }

  /** @returns false when the session had ended already. */
  async #afterFailure(due: DueAssignment, failure: Error): Promise<boolean> {
    const { db, changes, logger } = this.#options;
    const { sessionId, attempts, desktop } = due;
    const step = planAfterFailure(attempts, errorCodeOf(failure));
    const reason = reasonOf(failure);
    logger.warn({ err: failure, sessionId, desktopId: desktop.id, attempts, step }, 'an assignment failed');
    if (step === 'repeat') {
      const isLive = await repeatAssignment(db, due, reason);
      changes.announce({ kind: 'session', id: sessionId });
      return isLive;
    }
    const row =
      step === 'replace'
        ? await replaceDesktop(db, due, { error: reason, attempts: attemptsAfterReplacement(attempts) })
        : await endSession(db, { id: sessionId, endReason: 'failed', reason, actor: systemActor });
    changes.announce({ kind: 'desktop', id: desktop.id });
    if (row) announceSession(changes, row);
    return row !== undefined;
  }
}

/** @returns the stream, or why there is none. */
async function askProvider(
  provider: Provider,
  due: DueAssignment,
  stopping: AbortSignal,
): Promise<StreamAddress | Error> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(assignTimeoutMs)]);
  try {
    return await provider.assign(due.desktop, due.assignment, signal);
  } catch (caught) {
    return toError(caught);
  }
}

/** @returns a sentence for the user; a fault of our own is not explained with its inner words. */
function reasonOf(failure: Error): string {
  if (failure instanceof HomeroomError) return failure.detail;
  if (failure.name === 'TimeoutError') return 'The desktop did not start in time.';
  return 'The desktop could not be started.';
}
