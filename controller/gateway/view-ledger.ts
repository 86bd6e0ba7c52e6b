import { type ErrorCode, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { StreamView, StreamViews } from './ports.ts';

/** A third of the time after which a view that nobody renews is over. */
const renewEveryMs = 15_000;

/**
 * Keeps what is on record of the streams of those who look true. Rules: each that was opened is renewed while its
 * connection lasts, and closed with it; one that stands no more (another took the hold over) ends its stream; one whose
 * closing the database missed is over by itself.
 */
export class ViewLedger {
  readonly #views: StreamViews;
  readonly #logger: Logger;
  /** What ends each. */
  readonly #open = new Map<string, () => void>();
  readonly #pending = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(views: StreamViews, logger: Logger) {
    this.#views = views;
    this.#logger = logger;
  }

  /**
   * Write a stream down.
   *
   * @param end ends it, when it stands no more or its broadcast is over
   * @returns what tells its end; to be called once. It never throws.
   * @throws control_taken, broadcast_over; database_unavailable
   */
  async open(view: StreamView, end: (code: ErrorCode) => void): Promise<() => void> {
    const { id, endsInMs } = await this.#views.open(view);
    // Who only looked was forgotten while the database was away: the page comes again.
    this.#open.set(id, () => end(view.purpose === 'control' ? 'control_taken' : 'database_unavailable'));
    this.#timer ??= setInterval(() => void this.look(), renewEveryMs).unref();
    // By the clock alone, whoever is away by then.
    const over = endsInMs === null ? undefined : setTimeout(() => end('broadcast_over'), endsInMs).unref();
    return () => {
      clearTimeout(over);
      this.#open.delete(id);
      if (this.#open.size === 0) this.#rest();
      const told = this.#tellClosed(id).finally(() => this.#pending.delete(told));
      this.#pending.add(told);
    };
  }

  /** Renew them all, and end those that stand no more. Never throws. */
  async look(): Promise<void> {
    const ids = [...this.#open.keys()];
    try {
      const standing = await this.#views.renew(ids);
      for (const id of ids) if (!standing.has(id)) this.#open.get(id)?.();
    } catch (caught) {
      // A database that is away decides nothing; the timer looks again.
      this.#logger.debug({ err: toError(caught) }, 'open views could not be told to the database');
    }
  }

  /** Waits for what is being told now. */
  async stop(): Promise<void> {
    this.#rest();
    await Promise.all(this.#pending);
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #tellClosed(id: string): Promise<void> {
    try {
      await this.#views.close(id);
    } catch (caught) {
      this.#logger.debug(
        { err: toError(caught) },
        'the end of a view could not be saved; it ends by its time',
      );
    }
  }
}
