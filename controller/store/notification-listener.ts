import { setTimeout as sleep } from 'node:timers/promises';
import { toError } from '@homeroom/protocol';
import pg from 'pg';
import type { Logger } from 'pino';

const firstBackoffMs = 250;
const maxBackoffMs = 5_000;
const connectTimeoutMs = 3_000;

export interface NotificationListenerOptions {
  readonly url: string;
  /** A plain word. */
  readonly channel: string;
  readonly onNotification: (payload: string) => void;
  readonly logger: Logger;
}

/**
 * Listens to one channel of PostgreSQL on a connection of its own, and connects again for ever when it is
 * lost. What is notified in between is missed.
 */
export class NotificationListener {
  readonly #options: NotificationListenerOptions;
  readonly #stopping = new AbortController();
  #run: Promise<void> | undefined;

  constructor(options: NotificationListenerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#run ??= this.#listen();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#run;
  }

  async #listen(): Promise<void> {
    const { signal } = this.#stopping;
    let backoffMs = firstBackoffMs;
    while (!signal.aborted) {
      try {
        await this.#listenOnce(() => {
          backoffMs = firstBackoffMs;
        });
      } catch (caught) {
        this.#options.logger.warn(
          { err: toError(caught) },
          'changes of other processes are not heard for now',
        );
      }
      await sleep(backoffMs, undefined, { signal }).catch(ignoreAbort);
      backoffMs = Math.min(backoffMs * 2, maxBackoffMs);
    }
  }

  /** Returns when the connection has ended, or `stop` was called. */
  async #listenOnce(onConnected: () => void): Promise<void> {
    const { url, channel, onNotification } = this.#options;
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: connectTimeoutMs,
      application_name: 'homeroom changes',
      keepAlive: true,
    });
    const ended = untilEnd(client, this.#stopping.signal);
    client.on('notification', ({ payload }) => onNotification(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      onConnected();
      await ended;
    } finally {
      await client.end().catch(ignoreBroken);
    }
  }
}

/** Also keeps an error of the connection from ending the process. */
function untilEnd(client: pg.Client, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    client.once('end', resolve);
    client.on('error', () => resolve());
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function ignoreAbort(): void {
  // An abort is no failure.
}

function ignoreBroken(): void {
  // The connection is being given up anyway.
}
