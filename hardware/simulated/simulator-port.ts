import type { Simulation } from '@homeroom/protocol';

/** Changes what a simulated board pretends. */
export interface SimulatorPort {
  /**
   * Change one thing; listeners of the ports hear of it before this returns.
   *
   * @throws hardware_absent when the board has no such part, `HDMI-A-9`
   */
  apply(simulation: Simulation): void;
}
