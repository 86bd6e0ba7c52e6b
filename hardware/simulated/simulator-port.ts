import type { Simulation } from '@homeroom/protocol/wire';

/** Changes what a simulated board pretends. */
export interface SimulatorPort {
  /**
   * Change one thing; listeners of the ports hear of it before this returns. Of `keyboard` and `mouse` it only
   * knows whether they are there: the caller carries what they do to the screen.
   *
   * @throws hardware_absent when the board has no such part, `HDMI-A-9`, or it is not plugged in
   */
  apply(simulation: Simulation): void;
}
