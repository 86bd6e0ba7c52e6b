import type { Logger } from 'pino';
import type { Config } from '../config-keys.ts';
import type { Certificates } from '../fleet/certificates.ts';
import { DeviceCredentials } from '../fleet/device-credentials.ts';
import { Fleet, type FleetOptions as FleetParts } from '../fleet/fleet.ts';
import { loadOrCreateObserverPassword } from '../fleet/observer-password.ts';
import { Presence } from '../fleet/presence.ts';
import { retainedState } from '../fleet/retained-state.ts';
import { Messaging, type MessagingOptions } from '../mqtt/messaging.ts';
import type { Store } from './open-store.ts';
import type { Shutdown } from './shutdown.ts';

export interface FleetOptions extends Store {
  readonly config: Pick<Config, 'listen' | 'mqttPort' | 'mqttTlsPort' | 'mqttUrl'>;
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
  /** Where devices reach the broker with TLS. */
  readonly mqttTlsPort: () => number;
}

/** Start everything that talks with devices. The fleet listens before the broker opens, and after it closed. */
export async function openFleet(options: FleetOptions): Promise<OpenFleet> {
  const { db, changes, config, dataDir, certificates, sessions, httpPort, shutdown, progress } = options;
  const logger = options.logger.child({ part: 'fleet' });
  const observerPassword = await loadOrCreateObserverPassword(dataDir);
  const presence = new Presence();
  const credentials = new DeviceCredentials({ db, changes, logger });
  const broker = brokerSettings(options);
  const messaging = new Messaging({
    broker,
    credentials,
    observerPassword,
    presence,
    logger: options.logger.child({ part: 'mqtt' }),
  });
  const mqttTlsPort = () => messaging.broker?.ports.tls ?? config.mqttTlsPort;
  const fleet = new Fleet({
    db,
    changes,
    logger,
    messaging,
    presence,
    credentials,
    sessions,
    caSha256: certificates.caSha256,
    ports: () => ({ http: httpPort(), mqttTls: mqttTlsPort() }),
  });
  await fleet.start();
  shutdown.add('fleet', () => fleet.stop());
  progress(config.mqttUrl === undefined ? 'starting the broker' : 'connecting to the broker');
  shutdown.add('broker', () => messaging.stop());
  await messaging.start();
  return { fleet, messaging, mqttTlsPort };
}

function brokerSettings({ db, config, certificates }: FleetOptions): MessagingOptions['broker'] {
  if (config.mqttUrl !== undefined) return { external: { url: config.mqttUrl, ca: certificates.caPem } };
  const { listen: host, mqttPort, mqttTlsPort } = config;
  return {
    embedded: {
      host,
      port: mqttPort,
      tlsPort: mqttTlsPort,
      certificates,
      retained: () => retainedState(db),
    },
  };
}
