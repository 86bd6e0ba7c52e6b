import { setTimeout as sleep } from 'node:timers/promises';
import { HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { measures } from '../measures.ts';

const firstBackoffMs = 500;
const maxBackoffMs = 15_000;

export interface ReconcileLoopOptions {
  readonly name: string;
  /** One look at everything that is due. Never called again before it has settled. */
  readonly look: (signal: AbortSignal) => Promise<void>;
  /** A look is taken this often even when nothing wakes the loop. */
  readonly intervalMs: number;
  /** Between two looks at least so long, however often it is woken. */
  readonly restMs?: number;
  readonly logger: Logger;
}

/**
 * Looks again and again: when woken, and by a timer for what no event told of. Waking while a look is
 * taken makes one more follow it, however often it was woken. A look that throws is repeated, with back-off.
 */
export class ReconcileLoop {
  readonly #options: ReconcileLoopOptions;
  readonly #stopping = new AbortController();
  #run: Promise<void> | undefined;
  #isWoken = false;
  #nap = new AbortController();

  constructor(options: ReconcileLoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#run ??= this.#loop();
  }

  /** Look again soon. */
  wake(): void {
    // Announcements come by the thousand, and an abort is dear: once per look is enough.
    if (this.#isWoken) return;
    this.#isWoken = true;
    this.#nap.abort();
  }

  /** Ends the look that is taken, by its signal, and waits for it. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#nap.abort();
    await this.#run;
  }

  async #loop(): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      this.#isWoken = false;
      failures = (await this.#look()) ? 0 : failures + 1;
      // A failing look is not hurried: what fails it (the database, mostly) fails the next one too.
      if (failures > 0) await this.#wait(Math.min(firstBackoffMs * 2 ** failures, maxBackoffMs));
      else await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    const { intervalMs, restMs = 0 } = this.#options;
    if (restMs > 0) await sleep(restMs, undefined, { signal: this.#stopping.signal }).catch(ignoreAbort);
    if (!this.#isWoken) await this.#wait(intervalMs - restMs);
  }

  async #look(): Promise<boolean> {
    const { name: loop, look, logger } = this.#options;
    const startedAt = performance.now();
    const tell = (isFailed: boolean) =>
      measures.loopLook.tell({ loop, seconds: (performance.now() - startedAt) / 1000, isFailed });
    try {
      await look(this.#stopping.signal);
      tell(false);
      return true;
    } catch (caught) {
      tell(true);
      const isOutage = caught instanceof HomeroomError && caught.code === 'database_unavailable';
      logger[isOutage ? 'warn' : 'error']({ err: toError(caught), loop }, 'a look failed; it is repeated');
      return false;
    }
  }

  async #wait(ms: number): Promise<void> {
    this.#nap = new AbortController();
    if (this.#stopping.signal.aborted) return;
    await sleep(ms, undefined, { signal: this.#nap.signal, ref: false }).catch(ignoreAbort);
  }
}

function ignoreAbort(): void {
  // Woken or stopped: that is what the signals are for.
}
