import type { Health } from '@homeroom/protocol';

/** How the machine is. */
export interface HealthPort {
  /**
   * Read every figure now. A figure that the machine does not give is null.
   * It starts no process, so it may run every few seconds.
   */
  read(): Promise<Health>;
}
