import type { Logger } from 'pino';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import type { Database } from '../store/database.ts';
import { Guests } from './guests.ts';

const intervalMs = 30_000;

/** Removes guests whose desktops are gone. Any number of processes may do it: rows are taken by their locks. */
export class GuestSweeper {
  readonly #loop: ReconcileLoop;

  constructor({ db, logger }: { db: Database; logger: Logger }) {
    const guests = new Guests({ db });
    const look = async (): Promise<void> => {
      const removed = await guests.sweep();
      if (removed > 0) logger.info({ removed }, 'guests are gone');
    };
    this.#loop = new ReconcileLoop({ name: 'guests', look, intervalMs, logger });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }
}
