import { toError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

export interface PeriodicOptions {
  readonly name: string;
  readonly intervalMs: number;
  readonly run: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Runs something at once and then again so long after each end; a failure is logged and changes nothing. */
export class Periodic {
  readonly #options: PeriodicOptions;
  #cancel: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #isHurried = false;
  #isStopped = false;

  constructor(options: PeriodicOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#runOnce();
  }

  /** @returns when a run that is under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#running;
  }

  /** Run now instead of later; once more after a run that is under way, which may have looked too early. */
  hurry(): void {
    if (this.#isStopped) return;
    if (!this.#cancel) {
      this.#isHurried = true;
      return;
    }
    this.#cancel();
    this.#running = this.#runOnce();
  }

  async #runOnce(): Promise<void> {
    const { name, run, clock, log, intervalMs } = this.#options;
    this.#cancel = undefined;
    do {
      this.#isHurried = false;
      try {
        await run();
      } catch (caught) {
        log.warn('periodic work failed', { name, error: toError(caught) });
      }
    } while (this.#isHurried && !this.#isStopped);
    if (this.#isStopped) return;
    this.#cancel = clock.after(intervalMs, () => {
      this.#running = this.#runOnce();
    });
  }
}
