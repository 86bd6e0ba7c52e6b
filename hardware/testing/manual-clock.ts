import type { Clock } from '../clock.ts';

/** A clock that stands still until it is turned. */
export class ManualClock implements Clock {
  #ms = 0;
  readonly #timers = new Set<{ dueMs: number; run: () => void }>();

  now(): Date {
    return new Date(Date.UTC(2026, 10, 20, 8) + this.#ms);
  }

  monotonicMs(): number {
    return this.#ms;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { dueMs: this.#ms + delayMs, run };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Turn the clock on, run what falls due in its order, and let what follows from it happen. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#ms + ms;
    await settle();
    for (let due = this.#next(endMs); due; due = this.#next(endMs)) {
      this.#timers.delete(due);
      this.#ms = due.dueMs;
      due.run();
      await settle();
    }
    this.#ms = endMs;
  }

  #next(endMs: number) {
    return [...this.#timers].filter(({ dueMs }) => dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
  }
}

/** Let every promise that can go on without I/O go on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
