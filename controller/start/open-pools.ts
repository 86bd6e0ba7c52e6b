import type { Logger } from 'pino';
import { PoolReconciler } from '../desktops/pool-reconciler.ts';
import type { Store } from './open-store.ts';
import type { Shutdown } from './shutdown.ts';

export interface PoolsOptions extends Store {
  readonly logger: Logger;
  readonly shutdown: Shutdown;
}

/** Start the role `pool-manager`: it works on records alone, and needs neither broker nor providers. */
export function openPools({ db, changes, logger, shutdown }: PoolsOptions): void {
  const pools = new PoolReconciler({ db, changes, logger: logger.child({ part: 'pools' }) });
  pools.start();
  shutdown.add('pools', () => pools.stop());
}
