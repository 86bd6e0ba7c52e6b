import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { type Change, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { decodeChanges, encodeChanges } from './change-batch.ts';
import type { Changes } from './changes.ts';
import type { Database } from './database.ts';
import { NotificationListener } from './notification-listener.ts';

const channel = 'homeroom';
/** Changes come in flocks: a claim tells of five records. One notification carries them all. */
const batchMs = 20;
/** Right after one, they gather longer: each costs a statement, and every process a look. */
const busyBatchMs = 50;
/** Beyond this, others miss changes and find them by their timers. */
const maxWaiting = 5_000;

export interface PostgresChangesOptions {
  readonly db: Database;
  /** Of the same database; listening takes a connection of its own. */
  readonly url: string;
  readonly logger: Logger;
}

/** Changes heard at once in this process, and by way of PostgreSQL in all others on the same database. */
export class PostgresChanges implements Changes {
  readonly #db: Database;
  readonly #logger: Logger;
  readonly #listener: NotificationListener;
  readonly #self = randomUUID();
  readonly #listeners = new Set<(change: Change) => void>();
  /** By kind and id: telling twice that one record changed says no more than once. */
  readonly #waiting = new Map<string, Change>();
  #timer: NodeJS.Timeout | undefined;
  #sentAtMs = Number.NEGATIVE_INFINITY;
  #sending: Promise<void> = Promise.resolve();

  constructor({ db, url, logger }: PostgresChangesOptions) {
    this.#db = db;
    this.#logger = logger;
    const onNotification = (payload: string) => {
      for (const change of decodeChanges(this.#self, payload)) this.#tell(change);
    };
    this.#listener = new NotificationListener({ url, channel, onNotification, logger });
  }

  /** Begin to hear other processes. */
  start(): void {
    this.#listener.start();
  }

  /** Send what waits and hear no more. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#send();
    await this.#listener.stop();
  }

  announce(change: Change): void {
    // Who looks before the commit sees what was.
    this.#db.afterCommit(() => this.#announce(change));
  }

  #announce(change: Change): void {
    this.#tell(change);
    const key = `${change.kind} ${change.id}`;
    if (this.#waiting.size < maxWaiting) this.#waiting.set(key, change);
    this.#timer ??= setTimeout(() => void this.#send(), this.#gatherMs()).unref();
  }

  subscribe(listener: (change: Change) => void): () => void {
    // Wrapped, so that one function subscribed twice is heard twice and ends twice; bound, so that it does not
    // work under the limits of the request that announced.
    const own = AsyncLocalStorage.bind((change: Change) => listener(change));
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (caught) {
        // One careless listener must not keep the change from the others, or from the announcer.
        this.#logger.error({ err: toError(caught), change }, 'a listener to changes failed');
      }
    }
  }

  #gatherMs(): number {
    return performance.now() - this.#sentAtMs < busyBatchMs ? busyBatchMs : batchMs;
  }

  #send(): Promise<void> {
    this.#timer = undefined;
    this.#sentAtMs = performance.now();
    const payloads = encodeChanges(this.#self, [...this.#waiting.values()]);
    this.#waiting.clear();
    this.#sending = this.#sending.then(() => this.#notify(payloads));
    return this.#sending;
  }

  async #notify(payloads: readonly string[]): Promise<void> {
    if (payloads.length === 0) return;
    try {
      await this.#db.query('select pg_notify($1, payload) from unnest($2::text[]) payload', [
        channel,
        payloads,
      ]);
    } catch (caught) {
      this.#logger.warn({ err: toError(caught) }, 'changes were not told to other processes');
    }
  }
}
