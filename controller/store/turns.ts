import { HomeroomError } from '@homeroom/protocol';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/**
 * So many at once; the others wait in line. A school that comes in one second is no outage: who waits in a line that
 * moves is not told so, but who waits for a server that was found silent is, without finding it out for themselves.
 */
export class Turns {
  readonly #patienceMs: number;
  #free: number;
  /** When a turn was last given back. */
  #movedAtMs = Number.NEGATIVE_INFINITY;
  readonly #line = new Set<Waiting>();

  /** @param patienceMs the longest that anybody waits */
  constructor({ atOnce, patienceMs }: { atOnce: number; patienceMs: number }) {
    this.#free = atOnce;
    this.#patienceMs = patienceMs;
  }

  /**
   * Wait for a turn; it is given back by {@link end}.
   *
   * @param stillMs the longest to wait in a line that does not move; in one that moves the patience of all holds
   * @throws database_unavailable when none came in time
   */
  async begin(stillMs: number = this.#patienceMs): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const beganAtMs = Date.now();
    const look = (): void => {
      const nowMs = Date.now();
      const untilMs = Math.min(beganAtMs + this.#patienceMs, Math.max(beganAtMs, this.#movedAtMs) + stillMs);
      if (untilMs > nowMs) {
        waiting.timer = setTimeout(look, untilMs - nowMs);
        return;
      }
      this.#line.delete(waiting);
      reject(new HomeroomError('database_unavailable', 'the database has too much to do'));
    };
    const waiting: Waiting = {
      resolve,
      reject,
      timer: setTimeout(look, Math.min(stillMs, this.#patienceMs)),
    };
    this.#line.add(waiting);
    await promise;
  }

  /** Let the next one in. */
  end(): void {
    this.#movedAtMs = Date.now();
    const [next] = this.#line;
    if (!next) {
      this.#free += 1;
      return;
    }
    this.#leave(next);
    next.resolve();
  }

  /** Send everybody away who waits. */
  refuseAll(error: Error): void {
    for (const waiting of this.#line) {
      this.#leave(waiting);
      waiting.reject(error);
    }
  }

  #leave(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    this.#line.delete(waiting);
  }
}
