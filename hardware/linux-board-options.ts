import type { Clock } from './clock.ts';
import type { HdmiSwitchWiring } from './hdmi-switch/hdmi-switch-wiring.ts';
import type { CommandRunner } from './process/command-runner.ts';
import type { RelayWiring } from './relay/relay-wiring.ts';

export interface LinuxBoardOptions {
  /** The board's relay channels, in the order of their numbers; none without it. */
  readonly relays?: readonly RelayWiring[];
  /** The HDMI switches that this board operates; none without it. */
  readonly hdmiSwitches?: readonly HdmiSwitchWiring[];
  /** What drives GPIO lines; by default libgpiod's tools, and onoff where they are missing. */
  readonly gpio?: 'auto' | 'libgpiod' | 'onoff';
  /** The folder whose disk health tells of, and where the under-voltage of this boot is kept. */
  readonly dataDir?: string;
  /** Environment of the programs that are run; `WAYLAND_DISPLAY` and `XDG_RUNTIME_DIR` lead to the compositor. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Hears of faults that a watch met and gets over by itself; for the log. */
  readonly onFault?: (fault: Error) => void;
  /** Below it stand `sys`, `proc`, `etc`, `dev` and `run`; another than `/` in tests. */
  readonly rootDir?: string;
  readonly clock?: Clock;
  /** Runs external programs; another than this machine's in tests. */
  readonly commands?: CommandRunner;
}
