import type { Clock } from '../clock.ts';

export interface ThrottleOptions<T> {
  readonly clock: Clock;
  /** At most one per so many milliseconds. */
  readonly intervalMs: number;
  readonly send: (value: T) => void;
}

/**
 * Passes on what changes: the first change at once, then at most one per interval, and the last value
 * always arrives. What equals the value that was sent last is not sent.
 */
export class Throttle<T> {
  readonly #options: ThrottleOptions<T>;
  #lastSentMs = Number.NEGATIVE_INFINITY;
  #lastSent: string | undefined;
  #waiting: { value: T } | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: ThrottleOptions<T>) {
    this.#options = options;
  }

  offer(value: T): void {
    const { clock, intervalMs } = this.#options;
    this.#waiting = { value };
    if (this.#cancel) return;
    const leftMs = this.#lastSentMs + intervalMs - clock.monotonicMs();
    if (leftMs <= 0) this.#flush();
    else this.#cancel = clock.after(leftMs, () => this.#flush());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#waiting = undefined;
  }

  #flush(): void {
    this.#cancel = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (!waiting) return;
    const text = JSON.stringify(waiting.value);
    if (text === this.#lastSent) return;
    this.#lastSent = text;
    this.#lastSentMs = this.#options.clock.monotonicMs();
    this.#options.send(waiting.value);
  }
}
