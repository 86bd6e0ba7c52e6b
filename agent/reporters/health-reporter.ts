import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { Periodic } from './periodic.ts';
import { Throttle } from './throttle.ts';

export interface HealthReporterOptions {
  readonly intervalMs: number;
  /** Tells figures that changed suddenly; undefined where nothing tells them. */
  readonly onChange: ((listener: (figures: object) => void) => () => void) | undefined;
  readonly report: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

const atMostEveryMs = 1_000;

/** Reports health now and then, and at once (at most once per second) when the board tells of a change. */
export class HealthReporter {
  readonly #options: HealthReporterOptions;
  readonly #periodic: Periodic;
  readonly #throttle: Throttle<object>;
  #unsubscribe: (() => void) | undefined;

  constructor(options: HealthReporterOptions) {
    this.#options = options;
    const { intervalMs, report, clock, log } = options;
    this.#periodic = new Periodic({ name: 'health', intervalMs, run: report, clock, log });
    this.#throttle = new Throttle({
      clock,
      intervalMs: atMostEveryMs,
      send: () => this.#periodic.hurry(),
    });
  }

  start(): void {
    this.#unsubscribe = this.#options.onChange?.((figures) => this.#throttle.offer(figures));
    this.#periodic.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#throttle.stop();
    await this.#periodic.stop();
  }
}
