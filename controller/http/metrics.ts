import type { ErrorCode } from '@homeroom/protocol';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { GatewayMetrics } from '../gateway/gateway-metrics.ts';
import { measures } from '../measures.ts';

/** One value of a figure, by its labels. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Figures that are asked for when somebody looks. */
export interface MetricSource {
  readonly kind: 'gauge' | 'counter';
  /** By the rules of Prometheus: base units, and `_total` at the end of a counter alone. */
  readonly name: `homeroom_${string}`;
  readonly help: string;
  readonly labels: readonly string[];
  readonly read: () => Promise<readonly Sample[]>;
}

/**
 * How often it is looked whether the event loop is late. The usual 10 ms would wake a controller that has
 * nothing to do a hundred times a second, which costs it more than everything else.
 */
const eventLoopLookEveryMs = 500;
const quickBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Desktops that start cold take minutes. */
const startBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 40, 90, 180, 600];

/** What the controller counts, in a registry of its own, as Prometheus reads it. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #claims: Histogram<'created'>;
  readonly #starts: Histogram<'step'>;
  readonly #looks: Histogram<'loop' | 'result'>;
  readonly #classSeats: Histogram<'kind' | 'result'>;
  readonly #providerCalls: Histogram<'provider' | 'call'>;
  readonly #providerErrors: Counter<'provider' | 'call' | 'code'>;
  readonly #streams: Counter<'ended'>;
  readonly #streamReady: Histogram;
  readonly #bytes = { 'to-browser': 0, 'to-desktop': 0 };

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: eventLoopLookEveryMs });
    const histogram = <L extends string>(
      name: string,
      help: string,
      labelNames: L[],
      buckets = quickBuckets,
    ) => new Histogram({ name, help, labelNames, buckets, registers });
    this.#requests = histogram('homeroom_http_request_duration_seconds', 'How long requests took.', [
      'method',
      'route',
      'status',
    ]);
    this.#claims = histogram(
      'homeroom_claim_duration_seconds',
      'How long it took to start a session, or to find the live one.',
      ['created'],
    );
    this.#starts = histogram(
      'homeroom_session_start_duration_seconds',
      'Of sessions that were opened: from the claim of the desktop until it was its user’s (assigned), and until they saw it (active).',
      ['step'],
      startBuckets,
    );
    this.#classSeats = histogram(
      'homeroom_class_seat_duration_seconds',
      'How long seats took into their class (start) and out of it (end), until they were done or failed.',
      ['kind', 'result'],
      startBuckets,
    );
    this.#looks = histogram(
      'homeroom_reconcile_duration_seconds',
      'How long one look of a reconcile loop took.',
      ['loop', 'result'],
    );
    this.#providerCalls = histogram(
      'homeroom_provider_call_duration_seconds',
      'How long calls of providers took.',
      ['provider', 'call'],
    );
    this.#streamReady = histogram(
      'homeroom_gateway_handshake_duration_seconds',
      'From the upgrade to the end of the handshakes with the browser and the desktop.',
      [],
    );
    this.#providerErrors = new Counter({
      name: 'homeroom_provider_errors_total',
      help: 'Calls of providers that failed, by the code of the error.',
      labelNames: ['provider', 'call', 'code'],
      registers,
    });
    this.#streams = new Counter({
      name: 'homeroom_gateway_streams_ended_total',
      help: 'Streams that ended, by the code that the browser was told; `left` when it left by itself.',
      labelNames: ['ended'],
      registers,
    });
    this.#countBytes();
  }

  /** Count what the rooms tell of their work. @returns a function that ends it */
  listen(): () => void {
    const ends = [
      measures.loopLook.listen(({ loop, seconds, isFailed }) =>
        this.#looks.observe({ loop, result: isFailed ? 'failed' : 'done' }, seconds),
      ),
      measures.providerCall.listen(({ provider, call, seconds, error }) => {
        this.#providerCalls.observe({ provider, call }, seconds);
        if (error !== null) this.#providerErrors.inc({ provider, call, code: error });
      }),
      measures.sessionStart.listen(({ assignedSeconds, activeSeconds }) => {
        this.#starts.observe({ step: 'assigned' }, assignedSeconds);
        this.#starts.observe({ step: 'active' }, activeSeconds);
      }),
      measures.classSeat.listen(({ kind, result, seconds }) =>
        this.#classSeats.observe({ kind, result }, seconds),
      ),
    ];
    return () => {
      for (const end of ends) end();
    };
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

  /** Add figures that are asked for. A source that fails leaves them out of this one look. */
  source(source: MetricSource): void {
    const options = {
      name: source.name,
      help: source.help,
      labelNames: [...source.labels],
      registers: [this.registry],
    };
    if (source.kind === 'gauge') {
      new Gauge({
        ...options,
        async collect() {
          const samples = await source.read().catch(() => []);
          this.reset();
          for (const { labels, value } of samples) this.set(labels, value);
        },
      });
    } else {
      new Counter({
        ...options,
        async collect() {
          const samples = await source.read().catch(() => []);
          this.reset();
          for (const { labels, value } of samples) this.inc(labels, value);
        },
      });
    }
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

/** @returns samples of one label, from counts by its values */
export function samplesBy(label: string, counts: Readonly<Record<string, number>>): Sample[] {
  return Object.entries(counts).map(([value, count]) => ({ labels: { [label]: value }, value: count }));
}
