/**
 * The controller: all rooms put together in one process. The order of the start is that of the
 * dependencies; what was started is stopped in the reverse order, also after a start that failed.
 */
import { join, resolve } from 'node:path';
import { type ControllerStatus, HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Config } from './config-keys.ts';
import { ensureFirstTemplates } from './desktops/first-templates.ts';
import type { Provider } from './desktops/provider.ts';
import { Announcement } from './fleet/announcement.ts';
import { type Certificates, loadOrCreateCertificates } from './fleet/certificates.ts';
import { type HealthCheck, runChecks } from './http/health.ts';
import { Sessions } from './sessions/sessions.ts';
import { localUrl, removeAddress, writeAddress } from './start/address-file.ts';
import { ensureAdminToken } from './start/admin-token.ts';
import { openAudit } from './start/open-audit.ts';
import { openDesktops } from './start/open-desktops.ts';
import { type OpenFleet, openFleet } from './start/open-fleet.ts';
import { openHttp } from './start/open-http.ts';
import { openPeople } from './start/open-people.ts';
import { openStore, type Store } from './start/open-store.ts';
import { Shutdown } from './start/shutdown.ts';

export interface ControllerOptions {
  readonly config: Config;
  /** Absolute; everything of the controller is kept in `controller` below it. */
  readonly dataDir: string;
  /** The folder with the built pages. */
  readonly webDir: string;
  readonly version: string;
  readonly logger: Logger;
  /** Beside the one for hosts; benches and tests give a simulated one. */
  readonly moreProviders?: readonly Provider[];
}

/** Where a started controller is, and what its first start made. */
export interface Started {
  readonly portalUrl: string;
  readonly httpPort: number;
  readonly mqttUrl: string;
  /** Null with an external broker. */
  readonly mqttTlsUrl: string | null;
  /** Absent with an external broker. */
  readonly mqttPort?: number;
  readonly mqttTlsPort?: number;
  /** The accounts that this start made, with their passwords; empty at every later start. */
  readonly accounts: readonly { readonly username: string; readonly password: string }[];
}

export class Controller {
  readonly #options: ControllerOptions;
  readonly #logger: Logger;
  readonly #shutdown: Shutdown;
  readonly #startedAt = new Date();

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#logger = options.logger;
    this.#shutdown = new Shutdown(options.logger);
  }

  /**
   * Start everything.
   *
   * @throws HomeroomError port_in_use, database_start_failed, database_unavailable, config_invalid …; then
   *   everything that had been started is stopped again
   */
  async start(): Promise<Started> {
    try {
      return await this.#start();
    } catch (caught) {
      await this.stop();
      throw caught;
    }
  }

  /** Stop everything, gently. Never throws; may be called again. */
  stop(): Promise<void> {
    return this.#shutdown.run();
  }

  async #start(): Promise<Started> {
    const { config, dataDir } = this.#options;
    const progress = (step: string) => this.#logger.info({ step }, 'starting');
    const common = { config, logger: this.#logger, shutdown: this.#shutdown, progress };
    const store = await openStore({ ...common, dataDir });
    const certificates = await loadOrCreateCertificates(join(this.#ownDir, 'tls'));
    const { people, made } = await this.#prepareRecords(store);
    const sessions = new Sessions({ ...store, logger: this.#logger.child({ part: 'sessions' }) });
    let httpPort = config.port;
    const fleet = await openFleet({
      ...common,
      ...store,
      dataDir: this.#ownDir,
      certificates,
      sessions,
      httpPort: () => httpPort,
    });
    openAudit({ ...store, logger: this.#logger, shutdown: this.#shutdown });
    progress('starting the reconcilers');
    const { moreProviders = [] } = this.#options;
    openDesktops({ ...common, ...store, ...fleet, moreProviders });
    progress('opening the HTTP port');
    const checks = this.#checksOf(store, fleet);
    const describe = () => this.#describe(httpPort, fleet, made);
    const status = () => this.#statusOf(describe(), certificates, checks);
    const parts = { ...store, ...fleet, certificates, ...people, sessions, status, checks };
    const { webDir, version } = this.#options;
    const http = await openHttp({ ...common, ...parts, webDir, version });
    httpPort = http.port;
    await this.#tellAddress(httpPort, certificates);
    this.#announce(httpPort, fleet, certificates);
    return describe();
  }

  get #ownDir(): string {
    return join(this.#options.dataDir, 'controller');
  }

  async #prepareRecords(store: Store) {
    const people = await openPeople(store, this.#ownDir, null);
    const { accounts, users } = people;
    const made = await accounts.ensureFirstAccounts(this.#options.config.firstPassword);
    await ensureFirstTemplates(store);
    const path = join(this.#ownDir, 'admin-token');
    await ensureAdminToken({ path, accounts, users, logger: this.#logger });
    return { people, made };
  }

  #checksOf({ db }: Store, { messaging }: OpenFleet): HealthCheck[] {
    const broker = async () => {
      if (!messaging.link.isConnected()) throw new HomeroomError('broker_unavailable');
    };
    return [
      { name: 'database', check: () => db.ping() },
      { name: 'broker', check: broker },
    ];
  }

  #describe(httpPort: number, { messaging }: OpenFleet, accounts: Started['accounts']): Started {
    const { config } = this.#options;
    const portalUrl = config.publicUrl ?? `http://localhost:${httpPort}`;
    const ports = messaging.broker?.ports;
    if (!ports) {
      const external = new URL(config.mqttUrl ?? 'mqtt://localhost');
      return {
        portalUrl,
        httpPort,
        mqttUrl: `${external.protocol}//${external.host}`,
        mqttTlsUrl: null,
        accounts,
      };
    }
    return {
      portalUrl,
      httpPort,
      mqttUrl: `mqtt://localhost:${ports.plain}`,
      mqttTlsUrl: `mqtts://localhost:${ports.tls}`,
      mqttPort: ports.plain,
      mqttTlsPort: ports.tls,
      accounts,
    };
  }

  async #statusOf(
    { portalUrl, mqttUrl, mqttTlsUrl }: Started,
    { caSha256 }: Certificates,
    checks: readonly HealthCheck[],
  ): Promise<ControllerStatus> {
    return {
      version: this.#options.version,
      startedAt: this.#startedAt.toISOString(),
      portalUrl,
      mqttUrl,
      mqttTlsUrl,
      caSha256,
      roles: [...this.#options.config.roles],
      checks: await runChecks(checks),
    };
  }

  /** For the `homeroom` command of this machine; without a place to write it needs HOMEROOM_URL. */
  async #tellAddress(port: number, { caSha256 }: Certificates): Promise<void> {
    const { listen, tlsCert } = this.#options.config;
    const url = localUrl({ listen, port });
    const certificatePath = tlsCert === undefined ? null : resolve(tlsCert);
    try {
      await writeAddress(this.#ownDir, { url, pid: process.pid, caSha256, certificatePath });
      this.#shutdown.add('address', () => removeAddress(this.#ownDir));
    } catch (caught) {
      this.#logger.warn(
        { err: toError(caught) },
        'the address for the homeroom command could not be written',
      );
    }
  }

  #announce(httpPort: number, { mqttTlsPort }: OpenFleet, { caSha256 }: Certificates): void {
    if (!this.#options.config.mdns) return;
    const logger = this.#logger.child({ part: 'mdns' });
    const announcement = new Announcement({ httpPort, mqttTlsPort: mqttTlsPort(), caSha256, logger });
    announcement.start();
    this.#shutdown.add('mDNS', () => announcement.stop());
  }
}
