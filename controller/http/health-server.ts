import { HomeroomError } from '@homeroom/protocol';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config-keys.ts';
import { createApp } from './app.ts';
import type { Callers } from './callers.ts';
import { type Health, registerHealth } from './health.ts';
import type { MetricSource, Metrics } from './metrics.ts';
import { registerMetrics } from './metrics-route.ts';
import { PortListener } from './port-listener.ts';

export interface HealthServerOptions {
  readonly config: Pick<Config, 'listen' | 'metrics'>;
  readonly port: number;
  /** Names the port in a fault. */
  readonly setting: `HOMEROOM_${string}`;
  readonly certificate: { readonly certPem: string; readonly keyPem: string };
  readonly health: Omit<Health, 'isStopping'>;
  readonly metrics: Metrics;
  readonly callers: Callers;
  readonly bounded: <T>(work: () => Promise<T>) => Promise<T>;
  readonly logger: Logger;
}

/** The port of a process that opens no API: `/healthz`, `/readyz`, `/metrics`, with and without TLS. */
export class HealthServer {
  readonly #options: HealthServerOptions;
  #app: FastifyInstance | undefined;
  #listener: PortListener | undefined;
  #isStopping = false;

  constructor(options: HealthServerOptions) {
    this.#options = options;
  }

  get port(): number {
    return this.#listener?.port ?? 0;
  }

  /** @throws port_in_use, config_invalid when the address is not this machine's */
  async start(): Promise<void> {
    const { health, config, metrics, callers, bounded, logger } = this.#options;
    const app = await createApp({
      logger,
      trustedProxies: undefined,
      hasPublicCertificate: false,
      observe: (request) => metrics.request(request),
      onListener: (listener) => {
        this.#listener = new PortListener(this.#listenerOptions(), listener);
        return this.#listener.plain;
      },
    });
    this.#app = app;
    registerHealth(app, { ...health, isStopping: () => this.#isStopping });
    registerMetrics(app, { isOpenTo: config.metrics, metrics, callers, bounded });
    app.setNotFoundHandler(() => {
      throw new HomeroomError('not_found');
    });
    await app.ready();
    await this.#listener?.start();
  }

  /** Show figures of a part that was opened later. */
  show(source: MetricSource): void {
    this.#options.metrics.source(source);
  }

  /** From now on it is not ready, for whoever asks; it answers until `stop`. */
  drain(): void {
    this.#isStopping = true;
  }

  async stop(): Promise<void> {
    this.drain();
    const drained = this.#listener?.drain();
    this.#listener?.destroyAll();
    await drained;
    await this.#app?.close();
  }

  #listenerOptions() {
    const { config, port, setting, certificate } = this.#options;
    // Whoever looks after a process has no certificate of ours, and what is told here is no secret.
    const isPlainForAll = true;
    return { host: config.listen, port, setting, purpose: 'health', certificate, isPlainForAll };
  }
}
