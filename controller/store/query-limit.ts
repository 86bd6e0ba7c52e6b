import { AsyncLocalStorage } from 'node:async_hooks';

interface Scope {
  readonly timeoutMs: number;
  isOver: boolean;
}

/**
 * Shortens how long a database may be silent, for work that somebody waits for. Whatever that work calls is
 * meant, however deep; what it only sets going (a reconciler that looks again, a retry later) is not: it has
 * the usual time as soon as the work is over, and listeners to changes have it at once.
 */
export class QueryLimit {
  readonly #scopes = new AsyncLocalStorage<Scope>();

  /**
   * @param timeoutMs for each statement of `work`, from sending it to its answer
   * @throws what `work` throws: `database_unavailable` when a statement was not answered in time
   */
  async within<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
    const scope: Scope = { timeoutMs, isOver: false };
    try {
      return await this.#scopes.run(scope, work);
    } finally {
      scope.isOver = true;
    }
  }

  /** What holds for a statement that is sent now; undefined for the usual time. */
  get timeoutMs(): number | undefined {
    const scope = this.#scopes.getStore();
    return scope?.isOver ? undefined : scope?.timeoutMs;
  }
}
