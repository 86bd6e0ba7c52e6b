import type { Logger } from 'pino';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { DesktopSweep } from './desktop-sweep.ts';
import { FindingBook } from './finding-book.ts';
import { type FindingSweep, runSweep } from './finding-sweep.ts';
import { GuestSweep } from './guest-sweep.ts';
import { SessionSweep } from './session-sweep.ts';
import { StaleSweep } from './stale-sweep.ts';

export interface FindingSweeperOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly logger: Logger;
  /** Between two looks. */
  readonly intervalMs?: number;
}

/**
 * Looks through the records for what the reconcilers should have seen to and did not. Each sweep has a loop of its own,
 * so that one that cannot be done keeps no other from its work; any number of processes may run them.
 */
export class FindingSweeper {
  readonly #loops: readonly ReconcileLoop[];

  constructor({ db, changes, logger, intervalMs = 15_000 }: FindingSweeperOptions) {
    const book = new FindingBook({ db, changes });
    const common = { db, changes };
    const sweeps: readonly FindingSweep[] = [
      new DesktopSweep(common),
      new SessionSweep(common),
      new GuestSweep(common),
      new StaleSweep(common),
    ];
    this.#loops = sweeps.map(
      (sweep) =>
        new ReconcileLoop({
          name: `findings-${sweep.name}`,
          intervalMs,
          logger,
          look: () => runSweep(book, sweep),
        }),
    );
  }

  start(): void {
    for (const loop of this.#loops) loop.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#loops.map((loop) => loop.stop()));
  }
}
