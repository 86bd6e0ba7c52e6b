import type { Logger } from 'pino';
import type { Config } from '../config-keys.ts';
import { DesktopReconciler } from '../desktops/desktops.ts';
import { InventoryReconciler } from '../desktops/inventory-reconciler.ts';
import { PoolReconciler } from '../desktops/pool-reconciler.ts';
import type { Provider } from '../desktops/provider.ts';
import { SessionReconciler } from '../sessions/session-reconciler.ts';
import type { Store } from './open-store.ts';
import type { Shutdown } from './shutdown.ts';

export interface DesktopsOptions extends Store {
  readonly roles: Config['roles'];
  readonly providers: ReadonlyMap<string, Provider>;
  readonly logger: Logger;
  readonly shutdown: Shutdown;
}

/** Start the reconcilers of the roles that this process carries. */
export function openDesktops(options: DesktopsOptions): void {
  const { db, changes, providers, roles, shutdown } = options;
  const logger = options.logger.child({ part: 'desktops' });
  const common = { db, changes, providers, logger };
  const reconcilers = {
    api: [],
    'vm-controller': [new DesktopReconciler(common), new InventoryReconciler(common)],
    'pool-manager': [new PoolReconciler({ db, changes, logger })],
    'session-broker': [new SessionReconciler(common)],
  };
  for (const role of roles) {
    for (const reconciler of reconcilers[role]) {
      reconciler.start();
      shutdown.add(reconciler.constructor.name, () => reconciler.stop());
    }
  }
}
