/**
 * Makes claimed desktops their users'. A provider gets a deadline and a second try; then another desktop is
 * taken, once; then the session ends as failed, with the reason.
 */
import { errorCodeOf, HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { BoundedTasks } from '../desktops/bounded-tasks.ts';
import type { Provider } from '../desktops/provider.ts';
import { systemActor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { attemptsAfterReplacement, planAfterFailure } from './assignment-plan.ts';
import {
  assignTimeoutMs,
  type DueAssignment,
  finishAssignment,
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

  constructor(options: AssignerOptions) {
    this.#options = options;
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
    const { db, providers, changes } = this.#options;
    const provider = providers.get(due.provider);
    if (!provider) return;
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(assignTimeoutMs)]);
    try {
      const stream = await provider.assign(due.desktop, due.assignment, signal);
      const isHeld = await finishAssignment(db, due, stream);
      if (isHeld) changes.announce({ kind: 'session', id: due.sessionId });
      else await removeLate(provider, due);
    } catch (caught) {
      // Cut off by `stop`: whoever takes the session next repeats it.
      if (!stopping.aborted && !(await this.#afterFailure(due, caught))) await removeLate(provider, due);
    }
  }

  /** @returns false when the session had ended already. */
  async #afterFailure(due: DueAssignment, caught: unknown): Promise<boolean> {
    const { db, changes, logger } = this.#options;
    const { sessionId, attempts, desktop } = due;
    const step = planAfterFailure(attempts, errorCodeOf(caught));
    const reason = reasonOf(caught);
    logger.warn(
      { err: toError(caught), sessionId, desktopId: desktop.id, attempts, step },
      'an assignment failed',
    );
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

/** The session ended while its desktop was started: its removal may have come before the start did. */
async function removeLate(provider: Provider, { desktop }: DueAssignment): Promise<void> {
  await provider.delete(desktop, AbortSignal.timeout(assignTimeoutMs));
}

/** @returns a sentence for the user; a fault of our own is not explained with its inner words. */
function reasonOf(caught: unknown): string {
  if (caught instanceof HomeroomError) return caught.detail;
  if (caught instanceof DOMException && caught.name === 'TimeoutError')
    return 'The desktop did not start in time.';
  return 'The desktop could not be started.';
}
