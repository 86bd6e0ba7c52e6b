import type { Board, Identity } from '@homeroom/hardware';
import type { JoinToken } from '@homeroom/protocol/join-token';
import type { Clock } from './clock.ts';
import type { Config } from './config/config-schema.ts';
import type { CredentialsOptions } from './enrol/credentials.ts';
import type { DesktopHost } from './host/desktop-host-port.ts';
import type { Kiosk, KioskOptions } from './kiosk/kiosk-port.ts';
import type { Log } from './log.ts';

/** What a kiosk learns from the agent about its controller. */
export type KioskWiring = Pick<KioskOptions, 'controllerOrigin' | 'pinnedSpki' | 'kioskCookie'>;

/** Everything that an agent is made of; tests put their own in. */
export interface AgentOptions {
  readonly config: Pick<Config, 'dataDir' | 'broker' | 'controller' | 'name' | 'hostEndWithAgent'>;
  readonly joinToken: JoinToken | undefined;
  readonly board: Board;
  readonly identity: Identity;
  /** The configured id, or the machine's own. */
  readonly device: string;
  /** Undefined on a device without a kiosk. */
  readonly makeKiosk: ((wiring: KioskWiring) => Kiosk) | undefined;
  /** Undefined on a device that is no host. */
  readonly desktopHost: DesktopHost | undefined;
  readonly network: Pick<CredentialsOptions, 'connect' | 'discover' | 'fetchTrustedCa' | 'limits'>;
  readonly agentVersion: string;
  /** Milliseconds since the machine booted. */
  readonly bootMs: () => number;
  readonly isClockSynchronised: () => boolean;
  /** Told when the agent connects, and in words why it does not. */
  readonly onLink: (status: { isConnected: boolean; text: string }) => void;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly log: Log;
}
