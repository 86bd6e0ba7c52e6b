import type { Clock } from './clock.ts';
import type { CommandRunner } from './process/command-runner.ts';

/** What every Linux driver is given. */
export interface DriverContext {
  /** Below it stand `sys`, `proc`, `etc`, `dev` and `run`. */
  readonly rootDir: string;
  readonly clock: Clock;
  readonly commands: CommandRunner;
  /** Hears of faults that the driver gets over by itself. */
  readonly onFault: (fault: Error) => void;
}
