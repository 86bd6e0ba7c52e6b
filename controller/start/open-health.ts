import type { Logger } from 'pino';
import { KioskSignIns } from '../accounts/kiosk-sign-ins.ts';
import type { Config } from '../config-keys.ts';
import type { Certificates } from '../fleet/certificates.ts';
import { Callers } from '../http/callers.ts';
import type { Health } from '../http/health.ts';
import { HealthServer } from '../http/health-server.ts';
import { connectionSource } from '../http/metric-sources.ts';
import { Metrics } from '../http/metrics.ts';
import type { OpenPeople } from './open-people.ts';
import type { Store } from './open-store.ts';
import type { Shutdown } from './shutdown.ts';

const queryTimeoutMs = 4_000;

export interface HealthOptions extends Store {
  readonly config: Pick<Config, 'listen' | 'metrics'>;
  readonly port: number;
  readonly certificates: Certificates;
  readonly people: Pick<OpenPeople, 'accounts'>;
  readonly health: Omit<Health, 'isStopping'>;
  readonly logger: Logger;
  readonly shutdown: Shutdown;
}

/**
 * Open the port of a process without an API. It answers until everything that was started later has stopped.
 *
 * @throws port_in_use
 */
export async function openHealth(options: HealthOptions): Promise<HealthServer> {
  const { db, config, port, certificates, people, health, queryLimit, shutdown } = options;
  const metrics = new Metrics();
  metrics.source(connectionSource(() => db.connections()));
  shutdown.add('metrics', metrics.listen());
  const server = new HealthServer({
    config,
    port,
    setting: 'HOMEROOM_HEALTH_PORT',
    certificate: certificates,
    health,
    metrics,
    callers: new Callers({ accounts: people.accounts, kioskSignIns: new KioskSignIns({ db }) }),
    bounded: (work) => queryLimit.within(queryTimeoutMs, work),
    logger: options.logger.child({ part: 'health' }),
  });
  shutdown.add('health port', () => server.stop());
  await server.start();
  return server;
}
