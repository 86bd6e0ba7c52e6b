import type { Logger } from 'pino';
import type { Config } from '../config-keys.ts';
import { loadOrCreateBrokerPassword } from '../fleet/broker-passwords.ts';
import type { Certificates } from '../fleet/certificates.ts';
import { DeviceCredentials } from '../fleet/device-credentials.ts';
import { Fleet, type FleetOptions as FleetParts } from '../fleet/fleet.ts';
import { Presence } from '../fleet/presence.ts';
import { PresenceWatch } from '../fleet/presence-watch.ts';
import { retainedState } from '../fleet/retained-state.ts';
import { Messaging } from '../mqtt/messaging.ts';
import { PowerReconciler } from '../power/power-reconciler.ts';
import { RelayCredentials } from '../power/relay-credentials.ts';
import { brokerSettings } from './broker-settings.ts';
import type { Store } from './open-store.ts';
import type { Shutdown } from './shutdown.ts';

export interface FleetOptions extends Store {
  readonly config: Pick<Config, 'listen' | 'mqttPort' | 'mqttTlsPort' | 'mqttUrl' | 'roles'>;
  /** The controller's own folder. */
  readonly dataDir: string;
  readonly certificates: Certificates;
  readonly sessions: FleetParts['sessions'];
  /** Of the HTTP port, once it is known. */
  readonly httpPort: () => number;
  readonly logger: Logger;
  readonly shutdown: Shutdown;
  readonly progress: (step: string) => void;
}

export interface OpenFleet {
  readonly fleet: Fleet;
  readonly messaging: Messaging;
  /** Where relays are heard and switched; undefined in other processes. */
  readonly power: PowerReconciler | undefined;
  /** Where devices reach the broker with TLS. */
  readonly mqttTlsPort: () => number;
}

/**
 * Start everything that talks with devices. With the role `mqtt` that is the broker (or the link to one of the owner's)
 * and all that devices say; without it, a link by which this process sends commands and knows who is there. The fleet
 * listens before the broker opens, and after it closed.
 */
export async function openFleet(options: FleetOptions): Promise<OpenFleet> {
  const { config, dataDir, shutdown, progress } = options;
  const observerPassword = await loadOrCreateBrokerPassword(dataDir, 'observer-password');
  const controllerPassword = await loadOrCreateBrokerPassword(dataDir, 'broker-password');
  const presence = new Presence();
  const credentials = new DeviceCredentials({ ...options, logger: options.logger.child({ part: 'fleet' }) });
  const messaging = new Messaging({
    broker: brokerSettings({
      ...options,
      controllerPassword,
      retained: () => retainedState(options.db),
    }),
    credentials,
    relays: new RelayCredentials(options),
    observerPassword,
    controllerPassword,
    presence,
    logger: options.logger.child({ part: 'mqtt' }),
  });
  const mqttTlsPort = () => messaging.broker?.ports.tls ?? config.mqttTlsPort;
  const fleet = createFleet(options, { messaging, presence, credentials, mqttTlsPort });
  const power = await startFleet(options, fleet, { messaging, presence });
  progress(messaging.broker ? 'starting the broker' : 'connecting to the broker');
  shutdown.add('broker', () => messaging.stop());
  await messaging.start();
  return { fleet, messaging, power, mqttTlsPort };
}

function createFleet(
  { db, changes, sessions, certificates, httpPort, logger }: FleetOptions,
  parts: Pick<OpenFleet, 'messaging' | 'mqttTlsPort'> & {
    presence: Presence;
    credentials: DeviceCredentials;
  },
): Fleet {
  const { mqttTlsPort, ...others } = parts;
  return new Fleet({
    db,
    changes,
    sessions,
    ...others,
    logger: logger.child({ part: 'fleet' }),
    caSha256: certificates.caSha256,
    ports: () => ({ http: httpPort(), mqttTls: mqttTlsPort() }),
  });
}

async function startFleet(
  { db, config, changes, shutdown, logger }: FleetOptions,
  fleet: Fleet,
  { messaging, presence }: { messaging: Messaging; presence: Presence },
): Promise<PowerReconciler | undefined> {
  if (config.roles.includes('mqtt')) {
    await fleet.start();
    shutdown.add('fleet', () => fleet.stop());
    shutdown.add('withdrawn credentials', cutOffWhenWithdrawn(changes, messaging));
    const ownLogger = logger.child({ part: 'power' });
    const power = new PowerReconciler({ db, changes, messaging, presence, logger: ownLogger });
    await power.start();
    shutdown.add('power', () => power.stop());
    return power;
  }
  const watch = new PresenceWatch({ presence, messaging, nowMs: Date.now });
  watch.start();
  shutdown.add('presence', () => watch.stop());
  if (!config.roles.includes('api')) return undefined;
  await fleet.startBesideKeeper();
  shutdown.add('fleet', () => fleet.stop());
  return undefined;
}

/**
 * Another process may have taken a device's credential away, or given it a new one. That is heard late: a device that
 * was let in there may have come by its new credential already.
 *
 * @returns what ends it
 */
function cutOffWhenWithdrawn(changes: Store['changes'], { broker }: Messaging): () => void {
  return changes.subscribe(({ kind, id }) => {
    // After every listener has heard it: what is known of the credential is forgotten by one of them.
    if (kind === 'credential') setImmediate(() => void broker?.recheck(id));
  });
}
