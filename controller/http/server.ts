import { HomeroomError } from '@homeroom/protocol';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config-keys.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Tunnels } from '../gateway/tunnels.ts';
import type { Changes } from '../store/changes.ts';
import type { QueryLimit } from '../store/query-limit.ts';
import { createApp } from './app.ts';
import { Callers } from './callers.ts';
import type { ConditionalEdits } from './conditional-edits.ts';
import { LiveEvents } from './events/live-events.ts';
import { registerGraphql } from './graphql/register-graphql.ts';
import { type Health, registerHealth } from './health.ts';
import type { Metrics } from './metrics.ts';
import { registerMetrics } from './metrics-route.ts';
import type { MqttDoor } from './mqtt-door.ts';
import { NodeRedGate } from './node-red/node-red-gate.ts';
import { NodeRedSockets } from './node-red/node-red-sockets.ts';
import { type NodeRedAddress, registerNodeRed } from './node-red/register-node-red.ts';
import type { Once } from './once.ts';
import { registerOpenApi } from './open-api/register-document.ts';
import { registerPages } from './pages.ts';
import { PortListener } from './port-listener.ts';
import { registerRoutes } from './register-routes.ts';
import { routeTable } from './route-table.ts';
import type { Services } from './services.ts';
import { Upgrades } from './upgrades.ts';

/** How long requests that run may take once the controller stops; the slowest wait for a device or a provider. */
const drainTimeoutMs = 8_000;
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
  /** Undefined where there is no Node-RED. */
  readonly nodeRed?: NodeRedAddress | undefined;
  readonly checks: Health['checks'];
  readonly about?: Health['about'] | undefined;
  readonly metrics: Metrics;
  /** Of Homeroom, as the OpenAPI document tells it. */
  readonly version: string;
  /** The folder with the built pages. */
  readonly webDir: string;
  /** How long an idle connection is left open when the server drains. */
  readonly idleGraceMs?: number;
  readonly logger: Logger;
}

/** The HTTP port: API, pages, live events, health, metrics, WebSockets. */
export class HttpServer {
  readonly #options: HttpServerOptions;
  readonly #callers: Callers;
  readonly #events: LiveEvents;
  readonly #nodeRedGate: NodeRedGate;
  readonly #nodeRedSockets: NodeRedSockets | undefined;
  #listener: PortListener | undefined;
  #app: FastifyInstance | undefined;
  #isStopping = false;
  #drained: Promise<void> | undefined;

  constructor(options: HttpServerOptions) {
    this.#options = options;
    this.#callers = new Callers(options.services);
    const { changes, services, logger, nodeRed } = options;
    const bounded = <T>(work: () => Promise<T>) => this.#bounded(work);
    const gate = new NodeRedGate({ callers: this.#callers, publicOrigin: this.#publicOrigin(), bounded });
    this.#nodeRedGate = gate;
    this.#nodeRedSockets = nodeRed && new NodeRedSockets({ address: nodeRed, gate, changes });
    const { sessions, devices, roomAccess } = services;
    this.#events = new LiveEvents({ changes, sessions, devices, roomAccess, logger });
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
    this.#nodeRedSockets?.start();
    await this.#listener.start();
  }

  /**
   * Take no more connections and be ready no more. What comes on a connection that stands is answered, and the
   * connection closed: no request is lost.
   */
  drain(): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    this.#drained = this.#listener?.drain(this.#options.idleGraceMs);
    this.#events.stop();
    this.#nodeRedSockets?.stop();
  }

  /** Drain, let the requests that run end within some seconds, then cut the rest off. */
  async stop(): Promise<void> {
    this.drain();
    const drained = this.#drained;
    const timer = setTimeout(() => this.#listener?.destroyAll(), drainTimeoutMs);
    await drained;
    clearTimeout(timer);
    await this.#app?.close();
  }

  async #register(app: FastifyInstance): Promise<void> {
    const { services, checks, about, metrics, config, webDir } = this.#options;
    const publicOrigin = this.#publicOrigin();
    app.addHook('onSend', async (_request, reply) => {
      if (this.#isStopping) reply.header('connection', 'close');
    });
    const table = routeTable(services, this.#events);
    registerOpenApi(app, table, this.#options.version);
    const { once, edits } = this.#options;
    const options = {
      once,
      edits,
      callers: this.#callers,
      shelf: services.fileShelf,
      publicOrigin,
      bounded: <T>(work: () => Promise<T>) => this.#bounded(work),
    };
    registerRoutes(app, table, options);
    registerGraphql(app, table, { ...options, logger: this.#options.logger });
    registerHealth(app, { checks, ...(about && { about }), isStopping: () => this.#isStopping });
    registerMetrics(app, {
      isOpenTo: config.metrics,
      metrics,
      callers: this.#callers,
      bounded: (work) => this.#bounded(work),
    });
    const { nodeRed } = this.#options;
    if (nodeRed) await registerNodeRed(app, { address: nodeRed, gate: this.#nodeRedGate });
    const buildHint =
      'The pages are not built yet.\nIn the folder of Homeroom: npm run build --workspace controller/web\nThe API answers meanwhile.\n';
    await registerPages(app, { webDir, buildHint });
  }

  #createUpgrades(app: FastifyInstance): Upgrades {
    const { gateway, tunnels, mqtt, logger } = this.#options;
    return new Upgrades({
      callers: this.#callers,
      gateway,
      tunnels,
      mqtt,
      nodeRed: this.#nodeRedSockets,
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
