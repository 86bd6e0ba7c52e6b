import { HomeroomError } from '@homeroom/protocol';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config-keys.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Tunnels } from '../gateway/tunnels.ts';
import type { Changes } from '../store/changes.ts';
import type { QueryLimit } from '../store/query-limit.ts';
import { hasRole } from './access.ts';
import { createApp } from './app.ts';
import { Callers } from './callers.ts';
import type { ConditionalEdits } from './conditional-edits.ts';
import { LiveEvents } from './events/live-events.ts';
import { registerGraphql } from './graphql/register-graphql.ts';
import { type HealthCheck, registerHealth } from './health.ts';
import type { Metrics } from './metrics.ts';
import type { MqttDoor } from './mqtt-door.ts';
import type { Once } from './once.ts';
import { registerOpenApi } from './open-api/register-document.ts';
import { registerPages } from './pages.ts';
import { isLoopback, PortListener } from './port-listener.ts';
import { registerRoutes } from './register-routes.ts';
import { routeTable } from './route-table.ts';
import { refuseWithoutScope } from './scope-guard.ts';
import type { Services } from './services.ts';
import { Upgrades } from './upgrades.ts';

/** How long requests that run may take once the controller stops. */
const drainTimeoutMs = 5_000;
/** Of each statement of a request: then its answer is 503. No statement of ours takes a second on a Pi. */
const queryTimeoutMs = 4_000;

export interface HttpServerOptions {
  readonly config: Pick<Config, 'listen' | 'port' | 'metrics' | 'publicUrl' | 'trustedProxies' | 'tlsCert'>;
  readonly certificate: { readonly certPem: string; readonly keyPem: string };
  readonly services: Services;
  readonly once: Once;
  readonly edits: ConditionalEdits;
  readonly changes: Changes;
  readonly queryLimit: QueryLimit;
  readonly gateway: Gateway;
  readonly tunnels: Tunnels;
  readonly mqtt: MqttDoor | undefined;
  readonly checks: readonly HealthCheck[];
  readonly metrics: Metrics;
  /** Of Homeroom, as the OpenAPI document tells it. */
  readonly version: string;
  /** The folder with the built pages. */
  readonly webDir: string;
  readonly logger: Logger;
}

/** The HTTP port: API, pages, live events, health, metrics, WebSockets. */
export class HttpServer {
  readonly #options: HttpServerOptions;
  readonly #callers: Callers;
  readonly #events: LiveEvents;
  #listener: PortListener | undefined;
  #app: FastifyInstance | undefined;
  #isStopping = false;

  constructor(options: HttpServerOptions) {
    this.#options = options;
    this.#callers = new Callers(options.services);
    const { changes, services, logger } = options;
    const { sessions, devices } = services;
    this.#events = new LiveEvents({ changes, sessions, devices, logger });
  }

  /** The port that it listens on, once started. */
  get port(): number {
    return this.#listener?.port ?? 0;
  }

  /** @throws port_in_use when another program has the port */
  async start(): Promise<void> {
    const { config, metrics, logger } = this.#options;
    const app = await createApp({
      logger,
      trustedProxies: config.trustedProxies,
      hasPublicCertificate: config.tlsCert !== undefined,
      observe: (request) => metrics.request(request),
      onListener: (listener) => {
        const { listen: host, port, trustedProxies } = config;
        const { certificate } = this.#options;
        const created = new PortListener({ host, port, certificate, trustedProxies }, listener);
        this.#listener = created;
        return created.plain;
      },
    });
    this.#app = app;
    await this.#register(app);
    await app.ready();
    if (!this.#listener) throw new HomeroomError('internal', 'fastify made no server');
    const upgrades = this.#createUpgrades(app);
    this.#listener.onUpgrade((request, socket, head) => upgrades.handle(request, socket, head));
    this.#events.start();
    await this.#listener.start();
  }

  /** Take no more requests, let those that run end within some seconds, then cut the rest off. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#events.stop();
    const drained = this.#listener?.drain();
    const timer = setTimeout(() => this.#listener?.destroyAll(), drainTimeoutMs);
    await drained;
    clearTimeout(timer);
    await this.#app?.close();
  }

  async #register(app: FastifyInstance): Promise<void> {
    const { services, checks, webDir } = this.#options;
    const publicOrigin = this.#publicOrigin();
    app.addHook('onRequest', async (_request, reply) => {
      if (!this.#isStopping) return;
      reply.header('connection', 'close');
      throw new HomeroomError('controller_stopping');
    });
    const table = routeTable(services, this.#events);
    registerOpenApi(app, table, this.#options.version);
    const { once, edits } = this.#options;
    const options = {
      once,
      edits,
      callers: this.#callers,
      publicOrigin,
      bounded: <T>(work: () => Promise<T>) => this.#bounded(work),
    };
    registerRoutes(app, table, options);
    registerGraphql(app, table, { ...options, logger: this.#options.logger });
    registerHealth(app, checks);
    this.#registerMetrics(app);
    const buildHint =
      'The pages are not built yet.\nIn the folder of Homeroom: npm run build --workspace controller/web\nThe API answers meanwhile.\n';
    await registerPages(app, { webDir, buildHint });
  }

  /** An admin's bearer token is needed; of this machine only where the configuration trusts all of its users. */
  #registerMetrics(app: FastifyInstance): void {
    const { metrics: isOpenTo } = this.#options.config;
    const { registry } = this.#options.metrics;
    app.get('/metrics', async (request, reply) => {
      // A reverse proxy on this machine speaks for others.
      const isForwarded = request.headers['x-forwarded-for'] !== undefined;
      if (isOpenTo !== 'loopback' || !isLoopback(request.ip) || isForwarded) {
        const { headers, cookies, ip } = request;
        const caller = await this.#bounded(() => this.#callers.identify(headers, cookies, ip));
        if (!caller.person) throw new HomeroomError('sign_in_required');
        if (!hasRole(caller, 'admin')) throw new HomeroomError('not_allowed', 'this needs the role admin');
        refuseWithoutScope(caller, { area: 'metrics', isChange: false });
      }
      const metrics = await this.#bounded(() => registry.metrics());
      return reply.type(registry.contentType).send(metrics);
    });
  }

  #createUpgrades(app: FastifyInstance): Upgrades {
    const { gateway, tunnels, mqtt, logger } = this.#options;
    return new Upgrades({
      callers: this.#callers,
      gateway,
      tunnels,
      mqtt,
      parseCookies: (header) => app.parseCookie(header),
      publicOrigin: this.#publicOrigin(),
      bounded: (work) => this.#bounded(work),
      logger,
    });
  }

  /** Nobody waits for long at a database that is silent. */
  #bounded<T>(work: () => Promise<T>): Promise<T> {
    return this.#options.queryLimit.within(queryTimeoutMs, work);
  }

  #publicOrigin(): string | undefined {
    const { publicUrl } = this.#options.config;
    return publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  }
}
