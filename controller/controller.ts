/**
 * One process of the controller: the rooms of its roles, put together. The order of the start is that of the
 * dependencies; what was started is stopped in the reverse order, also after a start that failed.
 */
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { type ControllerStatus, HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Config } from './config-keys.ts';
import type { Provider } from './desktops/provider.ts';
import { Findings } from './findings/findings.ts';
import { Announcement } from './fleet/announcement.ts';
import type { Certificates } from './fleet/certificates.ts';
import { type HealthCheck, runChecks } from './http/health.ts';
import type { HealthServer } from './http/health-server.ts';
import type { NodeRed } from './node-red/node-red.ts';
import { degradedBy } from './node-red/node-red-state.ts';
import { healthPortOf, needsBroker, remarksOn } from './roles.ts';
import { Sessions } from './sessions/sessions.ts';
import { localUrl, removeAddress, writeAddress } from './start/address-file.ts';
import { LivingControllers } from './start/living-controllers.ts';
import { messagingSources } from './start/messaging-sources.ts';
import { openAudit } from './start/open-audit.ts';
import { openDesktops } from './start/open-desktops.ts';
import { type OpenFleet, openFleet } from './start/open-fleet.ts';
import { openHealth } from './start/open-health.ts';
import { openHttp } from './start/open-http.ts';
import { nodeRedAddress, openNodeRed } from './start/open-node-red.ts';
import { openPools } from './start/open-pools.ts';
import { openStore, type Store } from './start/open-store.ts';
import { powerSources } from './start/power-sources.ts';
import { type Prepared, prepare } from './start/prepare.ts';
import { Shutdown } from './start/shutdown.ts';
import { type Started, startedOf } from './start/started.ts';

export type { Started } from './start/started.ts';

export interface ControllerOptions {
  readonly config: Config;
  /** Absolute; everything of the controller is kept in `controller` below it. */
  readonly dataDir: string;
  /** The folder with the built pages. */
  readonly webDir: string;
  readonly version: string;
  readonly logger: Logger;
  /** What Node-RED's process gets of this one's, without the settings of the controller. */
  readonly environment?: Readonly<NodeJS.ProcessEnv>;
  /** Beside the one for hosts; benches and tests give a simulated one. */
  readonly moreProviders?: readonly Provider[];
}

/** What a process has as soon as its store is open. */
interface Parts {
  readonly store: Store;
  readonly prepared: Prepared;
  readonly living: LivingControllers;
}

export class Controller {
  readonly #options: ControllerOptions;
  readonly #logger: Logger;
  readonly #shutdown: Shutdown;
  readonly #startedAt = new Date();
  #httpPort: number;
  #fleet: OpenFleet | undefined;
  #health: HealthServer | undefined;
  #nodeRed: NodeRed | undefined;
  /** What says from the first moment of the end that the process is not ready, and takes nothing new. */
  readonly #drains: (() => void)[] = [];

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#logger = options.logger;
    this.#shutdown = new Shutdown(options.logger);
    this.#httpPort = options.config.port;
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

  /** Stop everything, gently: nothing new is begun, requests that run end first. Never throws; may be called again. */
  stop(): Promise<void> {
    for (const drain of this.#drains) drain();
    return this.#shutdown.run();
  }

  async #start(): Promise<Started> {
    const { dataDir, config } = this.#options;
    const { roles } = config;
    for (const remark of remarksOn(roles)) this.#logger.info({ remark }, 'a role has no work yet');
    const store = await openStore({ ...this.#common, dataDir });
    const prepared = await prepare({ store, config, ownDir: this.#ownDir, logger: this.#logger });
    const living = await this.#tellThatItLives(store);
    const parts = { store, prepared, living };
    if (!roles.includes('api') || config.healthPort !== undefined) await this.#openHealth(parts);
    await this.#openRoles(parts);
    const { messaging } = this.#fleet ?? {};
    return startedOf({
      config,
      httpPort: this.#httpPort,
      brokerPorts: messaging?.broker?.ports,
      accounts: prepared.made,
    });
  }

  async #openRoles(parts: Parts): Promise<void> {
    const { store } = parts;
    const { moreProviders = [], config } = this.#options;
    const { roles } = config;
    const logger = this.#logger.child({ part: 'sessions' });
    const sessions = new Sessions({ ...store, logger });
    if (needsBroker(roles)) await this.#openFleet(parts, sessions);
    this.#common.progress('starting the reconcilers');
    if (roles.includes('cleanup')) openAudit({ ...store, living: parts.living, ...this.#common });
    if (roles.includes('pool-manager')) openPools({ ...store, ...this.#common });
    if (this.#fleet)
      openDesktops({ ...this.#common, filesDir: this.#filesDir, ...store, ...this.#fleet, moreProviders });
    if (this.#fleet && roles.includes('api')) await this.#openHttp(parts, this.#fleet, sessions);
    if (roles.includes('teachers-portal') && config.nodeRed === 'on') this.#openNodeRed(parts);
  }

  /** Last, and nobody waits for it: the portal serves without. */
  #openNodeRed({ store, prepared }: Parts): void {
    const { config, environment = {} } = this.#options;
    const port = config.roles.includes('api') ? this.#httpPort : config.port;
    this.#nodeRed = openNodeRed({
      ...this.#common,
      ...store,
      ...prepared.people,
      ownDir: this.#ownDir,
      url: localUrl({ listen: config.listen, port }),
      environment,
    });
  }

  get #common() {
    const { config } = this.#options;
    const progress = (step: string) => this.#logger.info({ step }, 'starting');
    return { config, logger: this.#logger, shutdown: this.#shutdown, progress };
  }

  /** Of files that are handed out and collected. */
  get #filesDir(): string {
    return resolve(this.#options.config.filesDir ?? join(this.#options.dataDir, 'files'));
  }

  get #ownDir(): string {
    return join(this.#options.dataDir, 'controller');
  }

  async #tellThatItLives({ db }: Store): Promise<LivingControllers> {
    const { config, version, logger } = this.#options;
    const { roles } = config;
    const startedAt = this.#startedAt;
    const living = new LivingControllers({ db, id: randomUUID(), roles, version, startedAt, logger });
    await living.start();
    this.#shutdown.add('controllers', () => living.stop());
    return living;
  }

  async #openFleet({ store, prepared }: Parts, sessions: Sessions): Promise<void> {
    this.#fleet = await openFleet({
      ...this.#common,
      ...store,
      dataDir: this.#ownDir,
      certificates: prepared.certificates,
      sessions,
      httpPort: () => this.#httpPort,
    });
    const sources = [...messagingSources(this.#fleet), ...powerSources(this.#fleet)];
    for (const source of sources) this.#health?.show(source);
  }

  /** Opened first and closed last, so that it can be told from outside that the process is on its way out. */
  async #openHealth({ store, prepared, living }: Parts): Promise<void> {
    const { healthPort, roles } = this.#options.config;
    const server = await openHealth({
      ...this.#common,
      ...store,
      ...prepared,
      port: healthPort ?? healthPortOf(roles),
      health: { checks: this.#checksOf(store), about: () => this.#aboutRoles(living) },
    });
    this.#drains.push(() => server.drain());
    this.#health = server;
    if (!roles.includes('api')) this.#httpPort = server.port;
  }

  async #openHttp(parts: Parts, fleet: OpenFleet, sessions: Sessions): Promise<void> {
    const { store, prepared, living } = parts;
    const { certificates, people } = prepared;
    const checks = this.#checksOf(store);
    this.#common.progress('opening the HTTP port');
    const http = await openHttp({
      ...this.#common,
      ...store,
      ...fleet,
      ...people,
      certificates,
      sessions,
      checks,
      about: () => this.#aboutRoles(living),
      status: () => this.#statusOf(parts, checks),
      nodeRed: await nodeRedAddress({ config: this.#options.config, ownDir: this.#ownDir }),
      filesDir: this.#filesDir,
      webDir: this.#options.webDir,
      version: this.#options.version,
    });
    this.#httpPort = http.port;
    await this.#tellAddress(http.port, certificates);
    this.#announce(http.port, fleet, certificates);
    this.#drains.push(() => http.drain());
  }

  #checksOf({ db }: Store): HealthCheck[] {
    const database = { name: 'database', check: () => db.ping() };
    if (!needsBroker(this.#options.config.roles)) return [database];
    const broker = async () => {
      if (!this.#fleet?.messaging.link.isConnected()) throw new HomeroomError('broker_unavailable');
    };
    return [database, { name: 'broker', check: broker }];
  }

  async #aboutRoles(living: LivingControllers) {
    const { roles } = this.#options.config;
    const nodeRed = this.#nodeRed?.state;
    return {
      roles,
      remarks: remarksOn(roles),
      missingRoles: await living.missingRoles(),
      ...(nodeRed && { nodeRed, degraded: degradedBy(nodeRed) }),
    };
  }

  async #statusOf(
    { store, prepared, living }: Parts,
    checks: readonly HealthCheck[],
  ): Promise<ControllerStatus> {
    const { config, version } = this.#options;
    const brokerPorts = this.#fleet?.messaging.broker?.ports;
    const { portalUrl, mqttUrl, mqttTlsUrl } = startedOf({
      config,
      httpPort: this.#httpPort,
      brokerPorts,
      accounts: [],
    });
    return {
      version,
      startedAt: this.#startedAt.toISOString(),
      portalUrl,
      mqttUrl,
      mqttTlsUrl,
      caSha256: prepared.certificates.caSha256,
      roles: [...config.roles],
      checks: await runChecks(checks),
      controllers: await living.list(),
      missingRoles: await living.missingRoles(),
      openFindings: await new Findings(store).counts(),
    };
  }

  /** For the `homeroom` command of this machine; without a place to write it needs HOMEROOM_URL. */
  async #tellAddress(port: number, { caSha256 }: Certificates): Promise<void> {
    const { listen, tlsCert } = this.#options.config;
    const url = localUrl({ listen, port });
    const certificatePath = tlsCert === undefined ? null : resolve(tlsCert);
    try {
      await writeAddress(this.#ownDir, { url, pid: process.pid, caSha256, certificatePath });
      this.#shutdown.add('address', () => removeAddress(this.#ownDir, process.pid));
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
