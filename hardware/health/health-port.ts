import type { Health } from '@homeroom/protocol/wire';

/** How the machine is. */
export interface HealthPort {
  /**
   * Read every figure now. A figure that the machine does not give is null.
   * It starts no process, so it may run every few seconds.
   */
  read(): Promise<Health>;

  /**
   * Tells the figures that changed suddenly, as a simulated board's do; absent where nothing tells them and
   * only reading shows.
   *
   * @returns a function that ends it
   */
  onChange?(listener: (figures: Partial<Health>) => void): () => void;
}
