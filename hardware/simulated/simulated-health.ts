import { availableParallelism, loadavg } from 'node:os';
import type { Health } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { HealthPort } from '../health/health-port.ts';
import type { SimulatedMachine } from './simulated-machine.ts';

/**
 * The health of a made-up Pi 4 with 4 GiB. What the agent itself uses is real, so that a room
 * of simulated seats still shows what it costs.
 */
export class SimulatedHealth implements HealthPort {
  readonly #machine: SimulatedMachine;
  readonly #clock: Clock;
  readonly #startedMs: number;

  constructor(machine: SimulatedMachine, clock: Clock) {
    this.#machine = machine;
    this.#clock = clock;
    this.#startedMs = clock.monotonicMs();
  }

  async read(): Promise<Health> {
    return {
      at: this.#clock.now().toISOString(),
      uptimeS: Math.round((this.#clock.monotonicMs() - this.#startedMs) / 1000),
      temperatureC: this.#machine.temperatureC,
      underVoltage: this.#machine.underVoltage,
      loadAverage: Math.round((loadavg()[0] ?? 0) * 100) / 100,
      cpuCount: availableParallelism(),
      memoryTotalMiB: 3906,
      memoryFreeMiB: 2860,
      diskTotalMiB: 29_500,
      diskFreeMiB: 21_300,
      diskErrors: 0,
      link: { name: 'eth0', speedMbps: 1000, wireless: false, signalDbm: null },
      agentMemoryMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
    };
  }

  onChange(listener: (figures: Partial<Health>) => void): () => void {
    return this.#machine.health.onChange(listener);
  }
}
