import { backoffMs } from '../backoff.ts';
import type { Clock } from '../clock.ts';

const retryRule = { firstMs: 1_000, maxMs: 30_000 };

export interface AttemptsOptions {
  /** One attempt; it must not reject. @param signal fires when a newer one is to be made */
  readonly attempt: (signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly chance: () => number;
}

/**
 * Makes attempts at something, one at a time, until one succeeds. Rules: a newer attempt aborts the older one and waits
 * for its end; waits between attempts grow; nothing is attempted before `start` and after `stop`.
 */
export class Attempts {
  readonly #options: AttemptsOptions;
  #isRunning = false;
  #current = new AbortController();
  #tail: Promise<void> = Promise.resolve();
  #failures = 0;
  #cancelRetry: () => void = () => undefined;

  constructor(options: AttemptsOptions) {
    this.#options = options;
  }

  /** Resolves when the first attempt has ended. */
  async start(): Promise<void> {
    this.#isRunning = true;
    await this.renew();
  }

  /** Abort the attempt that is made, and wait for its end. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#current.abort(new Error('the kiosk stops'));
    this.#cancelRetry();
    await this.#tail;
  }

  /** Make an attempt now, instead of whatever is being attempted. Never rejects. */
  renew(): Promise<void> {
    this.#current.abort(new Error('something else is wanted'));
    this.#cancelRetry();
    const current = new AbortController();
    this.#current = current;
    this.#tail = this.#tail.then(() => this.#make(current.signal));
    return this.#tail;
  }

  /** The last attempt has succeeded: the next wait is a short one. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** Make another attempt after a while, which grows with each failure in a row. */
  retryLater(): void {
    this.#failures += 1;
    this.retryAfter(backoffMs(retryRule, this.#failures, this.#options.chance()));
  }

  /** Make another attempt after so long, unless one is made before. */
  retryAfter(delayMs: number): void {
    this.#cancelRetry();
    if (this.#isRunning) this.#cancelRetry = this.#options.clock.after(delayMs, () => void this.renew());
  }

  async #make(signal: AbortSignal): Promise<void> {
    if (this.#isRunning && !signal.aborted) await this.#options.attempt(signal);
  }
}
