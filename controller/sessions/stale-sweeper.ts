import type { Logger } from 'pino';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import { type Sweep, sweepStale } from './sweeps.ts';

const intervalMs = 5 * 60_000;

/** Deletes rows that have no further use: old tickets, sign-ins, desktops that are gone. */
export class StaleSweeper {
  readonly #loop: ReconcileLoop;

  constructor({ logger, ...sweep }: Sweep & { logger: Logger }) {
    this.#loop = new ReconcileLoop({ name: 'stale-rows', look: () => sweepStale(sweep), intervalMs, logger });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }
}
