import { toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Database } from '../store/database.ts';
import { markStreamsSeen } from './session-streams.ts';

/** A third of the silence after which a session is thought detached. */
const intervalMs = 20_000;

/** The streams that this process relays; tells the database of them while there are any. */
export class OpenStreams {
  readonly #db: Database;
  readonly #logger: Logger;
  readonly #counts = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor({ db, logger }: { db: Database; logger: Logger }) {
    this.#db = db;
    this.#logger = logger;
  }

  add(sessionId: string): void {
    this.#counts.set(sessionId, (this.#counts.get(sessionId) ?? 0) + 1);
    this.#timer ??= setInterval(() => void this.#tell(), intervalMs).unref();
  }

  remove(sessionId: string): void {
    const count = (this.#counts.get(sessionId) ?? 0) - 1;
    if (count > 0) this.#counts.set(sessionId, count);
    else this.#counts.delete(sessionId);
    if (this.#counts.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #tell(): Promise<void> {
    try {
      await markStreamsSeen(this.#db, [...this.#counts.keys()]);
    } catch (caught) {
      this.#logger.warn({ err: toError(caught) }, 'open streams could not be told to the database');
    }
  }
}
