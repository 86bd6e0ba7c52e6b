import type { Database } from '../store/database.ts';

/** Port: lets one conditional change of a record run at a time. */
export interface ConditionalEdits {
  /**
   * Compare and change as one: whatever `work` reads and writes, no other conditional change of the same record
   * comes between, in this process or another.
   *
   * @param path of the record
   */
  within<T>(path: string, work: () => Promise<T>): Promise<T>;
}

/** {@link ConditionalEdits} by a lock that ends with the transaction. */
export class LockedEdits implements ConditionalEdits {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  within<T>(path: string, work: () => Promise<T>): Promise<T> {
    return this.#db.together(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtextextended('edit ' || $1, 0))`, [path]);
      return await work();
    });
  }
}
