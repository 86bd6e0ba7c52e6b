import type { ErrorCode } from '@homeroom/protocol';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { GatewayMetrics } from '../gateway/gateway-metrics.ts';

/** A figure that is asked for when somebody looks: one gauge value per label value. */
export interface GaugeSource {
  readonly name: `homeroom_${string}`;
  readonly help: string;
  readonly label: string;
  readonly read: () => Promise<Readonly<Record<string, number>>>;
}

/**
 * How often it is looked whether the event loop is late. The usual 10 ms would wake a controller that has
 * nothing to do a hundred times a second, which costs it more than everything else.
 */
const eventLoopLookEveryMs = 100;
const quickBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the controller counts, in a registry of its own, as Prometheus reads it. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #claims: Histogram<'created'>;
  readonly #streams: Counter<'ended'>;
  readonly #streamReady: Histogram;
  readonly #bytes = { 'to-browser': 0, 'to-desktop': 0 };

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: eventLoopLookEveryMs });
    this.#requests = new Histogram({
      name: 'homeroom_http_request_seconds',
      help: 'How long requests took.',
      labelNames: ['method', 'route', 'status'],
      buckets: quickBuckets,
      registers,
    });
    this.#claims = new Histogram({
      name: 'homeroom_claim_seconds',
      help: 'How long it took to start a session, or to find the live one.',
      labelNames: ['created'],
      buckets: quickBuckets,
      registers,
    });
    this.#streams = new Counter({
      name: 'homeroom_gateway_streams_ended_total',
      help: 'Streams that ended, by the code that the browser was told; `left` when it left by itself.',
      labelNames: ['ended'],
      registers,
    });
    this.#streamReady = new Histogram({
      name: 'homeroom_gateway_handshake_seconds',
      help: 'From the upgrade to the end of the handshakes with the browser and the desktop.',
      buckets: quickBuckets,
      registers,
    });
    this.#countBytes();
  }

  /** Count a finished request. */
  request({
    method,
    route,
    status,
    seconds,
  }: {
    method: string;
    route: string;
    status: number;
    seconds: number;
  }): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }

  /** Count a claim. */
  claim(created: boolean, seconds: number): void {
    this.#claims.observe({ created: String(created) }, seconds);
  }

  /** What the gateway counts with. */
  gateway(): GatewayMetrics {
    const bytes = this.#bytes;
    return {
      opened: (seconds) => this.#streamReady.observe(seconds),
      ended: (code: ErrorCode | null) => this.#streams.inc({ ended: code ?? 'left' }),
      bytes: (direction, count) => {
        bytes[direction] += count;
      },
    };
  }

  /** Add a gauge. A source that fails leaves its gauge out of this one look. */
  gauge({ name, help, label, read }: GaugeSource): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      async collect() {
        this.reset();
        const values = await read().catch(() => ({}));
        for (const [value, count] of Object.entries(values)) this.set({ [label]: value }, count);
      },
    });
  }

  /** Relayed bytes are counted for every piece: in plain numbers, which are told when somebody looks. */
  #countBytes(): void {
    const bytes = this.#bytes;
    new Counter({
      name: 'homeroom_gateway_bytes_total',
      help: 'Bytes of streams that were relayed.',
      labelNames: ['direction'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [direction, count] of Object.entries(bytes)) this.inc({ direction }, count);
      },
    });
  }
}
