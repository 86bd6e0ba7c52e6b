import type { Logger } from 'pino';
import { GuestSweeper } from '../accounts/guest-sweeper.ts';
import { BroadcastSweeper } from '../broadcasts/broadcast-sweeper.ts';
import type { Config } from '../config-keys.ts';
import { DesktopReconciler } from '../desktops/desktops.ts';
import { heldToContract } from '../desktops/held-to-contract.ts';
import { InventoryReconciler } from '../desktops/inventory-reconciler.ts';
import type { Provider } from '../desktops/provider.ts';
import { FindingSweeper } from '../findings/finding-sweeper.ts';
import { LessonReconciler } from '../lessons/lesson-reconciler.ts';
import type { Messaging } from '../mqtt/messaging.ts';
import { HostProvider } from '../providers/host/host-provider.ts';
import { HostReports } from '../providers/host/host-reports.ts';
import { measuredProvider } from '../providers/measured-provider.ts';
import { SimulatedProvider } from '../providers/simulated/simulated-provider.ts';
import type { ControllerRole } from '../roles.ts';
import { SessionReconciler } from '../sessions/session-reconciler.ts';
import { StaleSweeper } from '../sessions/stale-sweeper.ts';
import { type AttentionOptions, attentionParts, fileKeeper } from './open-attention.ts';
import { classParts } from './open-classes.ts';
import type { Store } from './open-store.ts';
import type { Shutdown } from './shutdown.ts';

export interface DesktopsOptions extends Store {
  readonly config: Pick<Config, 'roles'> & AttentionOptions['config'];
  /** The folder for files that are handed out and collected, absolute. */
  readonly filesDir: string;
  readonly messaging: Messaging;
  /** Beside the one for hosts, or instead of the simulated one. */
  readonly moreProviders: readonly Provider[];
  readonly logger: Logger;
  readonly shutdown: Shutdown;
}

/** Works until it is stopped. */
interface Part {
  start(): void;
  stop(): Promise<void> | void;
}

/** Start the providers, and the reconcilers of the roles that this process carries. */
export function openDesktops({
  db,
  changes,
  config,
  messaging,
  moreProviders,
  shutdown,
  filesDir,
  ...options
}: DesktopsOptions): void {
  const logger = options.logger.child({ part: 'desktops' });
  const host = new HostProvider({ db, commands: messaging.commands, logger });
  const providers: ReadonlyMap<string, Provider> = new Map(
    [host, new SimulatedProvider({ isShared: true }), ...moreProviders].map((provider) => [
      provider.name,
      measuredProvider(heldToContract(provider)),
    ]),
  );
  const common = { db, changes, providers, logger };
  const desktops = new DesktopReconciler(common);
  const lookAgain = async (desktop: string): Promise<void> => {
    await desktops.lookAgain(desktop);
    // Whoever makes and removes desktops may be another process.
    if (!config.roles.includes('vm-controller')) changes.announce({ kind: 'desktop', id: desktop });
  };
  const parts: Readonly<Partial<Record<ControllerRole, readonly Part[]>>> = {
    mqtt: [new HostReports({ db, messaging, lookAgain, logger })],
    'vm-controller': [desktops],
    'session-broker': [
      new LessonReconciler({ ...common, commands: messaging.commands }),
      new SessionReconciler(common),
      ...classParts({ ...common, messaging }),
      new BroadcastSweeper(common),
      ...attentionParts({ ...common, config, commands: messaging.commands }),
    ],
    cleanup: [
      new InventoryReconciler(common),
      new FindingSweeper(common),
      new StaleSweeper(common),
      new GuestSweeper({ db, logger }),
      fileKeeper({ db, config, filesDir, logger }),
    ],
  };
  for (const role of config.roles) {
    for (const part of parts[role] ?? []) {
      part.start();
      shutdown.add(part.constructor.name, () => part.stop());
    }
  }
}
