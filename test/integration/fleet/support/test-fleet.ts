import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificates, loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { DeviceCredentials } from '@homeroom/controller/fleet/device-credentials.ts';
import { Fleet } from '@homeroom/controller/fleet/fleet.ts';
import { Presence } from '@homeroom/controller/fleet/presence.ts';
import { retainedState } from '@homeroom/controller/fleet/retained-state.ts';
import type { BrokerLimits } from '@homeroom/controller/mqtt/broker-limits.ts';
import { Messaging } from '@homeroom/controller/mqtt/messaging.ts';
import { PowerReconciler } from '@homeroom/controller/power/power-reconciler.ts';
import { RelayCredentials } from '@homeroom/controller/power/relay-credentials.ts';
import { Sessions } from '@homeroom/controller/sessions/sessions.ts';
import type { Actor } from '@homeroom/controller/store/actor.ts';
import { PostgresChanges } from '@homeroom/controller/store/postgres-changes.ts';
import { silentLogger, type TestDatabase } from '../../../support/postgres.ts';
import { waitFor } from '../../../support/wait-for.ts';

/** A fleet with a real embedded broker on a real database. */
export interface TestFleet extends AsyncDisposable {
  readonly fleet: Fleet;
  readonly messaging: Messaging;
  readonly changes: PostgresChanges;
  readonly certificates: Certificates;
  readonly presence: Presence;
  /** Plain MQTT on loopback. */
  readonly port: number;
}

/** A broker that is not ours; `port` is its plain one. */
export interface ExternalBroker {
  readonly url: string;
  readonly ca: string;
  readonly port: number;
}

export const observerPassword = 'observer password';
export const admin: Actor = { userId: null, username: 'admin', address: '192.0.2.1' };

/** @param dir where certificates are; a folder of its own when absent */
export async function startTestFleet(
  { db, url }: Pick<TestDatabase, 'db' | 'url'>,
  options: {
    dir?: string;
    limits?: Partial<BrokerLimits>;
    external?: ExternalBroker;
    /** Hear and switch relays, too. */
    withPower?: boolean;
  } = {},
): Promise<TestFleet> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'homeroom-fleet-')));
  const certificates = await loadOrCreateCertificates(dir);
  const logger = silentLogger;
  const changes = new PostgresChanges({ db, url, logger });
  const presence = new Presence();
  const credentials = new DeviceCredentials({ db, changes, logger });
  const embedded = {
    host: '127.0.0.1',
    port: 0,
    tlsPort: 0,
    certificates,
    retained: () => retainedState(db),
    limits: options.limits ?? {},
  };
  const broker = options.external ? { external: options.external } : { embedded };
  const relays = new RelayCredentials({ db });
  const messaging = new Messaging({ broker, credentials, relays, observerPassword, presence, logger });
  const fleet = new Fleet({
    db,
    changes,
    logger,
    messaging,
    presence,
    credentials,
    sessions: new Sessions({ db, changes, logger }),
    caSha256: certificates.caSha256,
    ports: () => ({ http: 8080, mqttTls: messaging.broker?.ports.tls ?? 0 }),
  });
  changes.start();
  await fleet.start();
  const power = options.withPower
    ? new PowerReconciler({ db, changes, messaging, presence, logger })
    : undefined;
  await power?.start();
  await messaging.start();
  await waitFor('the link to the broker', () => messaging.link.isConnected());
  return {
    fleet,
    messaging,
    changes,
    certificates,
    presence,
    port: messaging.broker?.ports.plain ?? options.external?.port ?? 0,
    async [Symbol.asyncDispose]() {
      await messaging.stop();
      await power?.stop();
      await fleet.stop();
      await changes.stop();
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}
