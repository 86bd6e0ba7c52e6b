/**
 * Work as one: every statement that some work sends to the database, however deep in other rooms, is part of one
 * transaction, so the whole of it stands or falls. Rules:
 * - each statement has a savepoint of its own, since services catch a broken constraint and go on;
 * - statements wait for each other: a connection speaks with one at a time;
 * - what shall be told of the work (changes) is told after the commit, since nobody sees anything before;
 * - what the work only sets going, and what runs after it, is not part of it.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Prepared, Queryable } from './queryable.ts';

/** The transaction that some work runs in. */
export class WorkUnit implements Queryable {
  readonly #tx: Queryable;
  readonly #afterwards: (() => void)[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #lastGroup: Promise<unknown> = Promise.resolve();
  isOver = false;

  constructor(tx: Queryable) {
    this.#tx = tx;
  }

  /** @throws what the statement throws; the unit goes on without it */
  query<Row>(sql: string | Prepared, values: readonly unknown[] = []): Promise<Row[]> {
    // The savepoint and its statement are one turn: another statement between them would be undone with it.
    return this.#inTurn(() =>
      guarded(
        'one_statement',
        (command) => this.#tx.query(command),
        () => this.#tx.query<Row>(sql, values),
      ),
    );
  }

  /** A transaction inside: undone by itself when it throws. */
  group<T>(run: (tx: Queryable) => Promise<T>): Promise<T> {
    const send = (command: string) => this.#inTurn(() => this.#tx.query(command));
    const done = this.#lastGroup.then(() => guarded('statements', send, () => run(this)));
    this.#lastGroup = done.catch(() => undefined);
    return done;
  }

  /** Run something once the transaction is committed; never when it is not. */
  afterwards(run: () => void): void {
    this.#afterwards.push(run);
  }

  /** The transaction was committed. */
  tellAfterwards(): void {
    for (const run of this.#afterwards) run();
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const done = this.#last.then(run);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

async function guarded<T>(
  name: string,
  send: (command: string) => Promise<unknown>,
  run: () => Promise<T>,
): Promise<T> {
  await send(`savepoint ${name}`);
  try {
    const result = await run();
    await send(`release savepoint ${name}`);
    return result;
  } catch (caught) {
    await send(`rollback to savepoint ${name}`);
    throw caught;
  }
}

/** Knows the unit that the code which asks is part of. */
export class WorkUnits {
  readonly #scopes = new AsyncLocalStorage<WorkUnit>();

  /** Undefined where statements stand by themselves. */
  get current(): WorkUnit | undefined {
    const unit = this.#scopes.getStore();
    return unit?.isOver ? undefined : unit;
  }

  /** Have everything that `work` asks of the database be part of the unit. */
  async within<T>(unit: WorkUnit, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#scopes.run(unit, work);
    } finally {
      unit.isOver = true;
    }
  }
}
