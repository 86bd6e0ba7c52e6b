import { toError } from '@homeroom/protocol';
import type { Logger } from 'pino';

/** Runs tasks at the same time, up to a limit: a slow one keeps its place, not the others. */
export class BoundedTasks {
  readonly #limit: number;
  readonly #logger: Logger;
  readonly #running = new Set<Promise<void>>();

  constructor({ limit, logger }: { limit: number; logger: Logger }) {
    this.#limit = limit;
    this.#logger = logger;
  }

  /** How many more may be started now. */
  get free(): number {
    return Math.max(0, this.#limit - this.#running.size);
  }

  /** Start a task. What it throws is logged: its record was left as it was, and is looked at again. */
  start(task: () => Promise<void>): void {
    const running = task()
      .catch((caught: unknown) => {
        this.#logger.error({ err: toError(caught) }, 'a step failed; it is repeated');
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Wait for those that run. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }
}
