import { setTimeout as delay } from 'node:timers/promises';
import { toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { StreamSessions } from './ports.ts';

const firstRetryMs = 250;
const maxRetryMs = 10_000;

/**
 * Keeps the count of a session's open streams true. Rules: each told opening is followed by exactly
 * one told closing; a closing that the database missed is told again until it took it, or until the
 * controller stops (the next start counts from nought).
 */
export class StreamLedger {
  readonly #sessions: Pick<StreamSessions, 'streamOpened' | 'streamClosed'>;
  readonly #logger: Logger;
  readonly #stopping = new AbortController();
  readonly #pending = new Set<Promise<void>>();

  constructor(sessions: Pick<StreamSessions, 'streamOpened' | 'streamClosed'>, logger: Logger) {
    this.#sessions = sessions;
    this.#logger = logger;
  }

  /**
   * Tell that a stream is open.
   *
   * @returns what tells its end; to be called once. It never throws.
   * @throws what the sessions throw; then nothing was counted
   */
  async open(sessionId: string): Promise<() => void> {
    await this.#sessions.streamOpened(sessionId);
    return () => {
      const told = this.#tellClosed(sessionId).finally(() => this.#pending.delete(told));
      this.#pending.add(told);
    };
  }

  /** Stop telling again; waits for what is being told now. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#pending);
  }

  async #tellClosed(sessionId: string): Promise<void> {
    for (let waitMs = firstRetryMs; ; waitMs = Math.min(waitMs * 2, maxRetryMs)) {
      try {
        await this.#sessions.streamClosed(sessionId);
        return;
      } catch (caught) {
        if (this.#stopping.signal.aborted) {
          this.#logger.warn({ err: toError(caught), sessionId }, 'the end of a stream could not be saved');
          return;
        }
      }
      // An abort of the wait is no failure: the loop tries once more and ends.
      await delay(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }
}
