import { HomeroomError } from '@homeroom/protocol';
import type { Board } from './board.ts';
import type { Clock } from './clock.ts';
import type { RelayWiring } from './relay/relay-wiring.ts';

export interface LinuxBoardOptions {
  /** The board's relay channels, in the order of their numbers; none without it. */
  readonly relays?: readonly RelayWiring[];
  /** What reads GPIO lines; by default libgpiod's tools, and onoff where they are missing. */
  readonly gpio?: 'auto' | 'libgpiod' | 'onoff';
  /** The folder whose disk health tells of; by default the root of the machine. */
  readonly dataDir?: string;
  /** Environment for programs that talk to the compositor: `WAYLAND_DISPLAY`, `XDG_RUNTIME_DIR`, `PATH`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Hears of faults that a watch met and gets over by itself; for the log. */
  readonly onFault?: (fault: Error) => void;
  /** Below it stand `sys`, `proc`, `etc` and `dev`; another than `/` in tests. */
  readonly rootDir?: string;
  readonly clock?: Clock;
}

/** Open this machine's own board; whatever is missing is absent with a reason. */
export async function openLinuxBoard(_options: LinuxBoardOptions): Promise<Board> {
  throw new HomeroomError('hardware_absent', 'the Linux drivers are not part of this build');
}
