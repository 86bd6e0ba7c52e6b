import type { AudioPort } from './audio/audio-port.ts';
import type { CecPort } from './cec/cec-port.ts';
import type { HdmiPort } from './hdmi/hdmi-port.ts';
import type { HdmiSwitchesPort } from './hdmi-switch/hdmi-switch-port.ts';
import type { HealthPort } from './health/health-port.ts';
import type { IdentityPort } from './identity/identity-port.ts';
import type { InputPort } from './input/input-port.ts';
import type { Presence } from './presence.ts';
import type { RebootPort } from './reboot-port.ts';
import type { RelayPort } from './relay/relay-port.ts';
import type { ScreenPowerPort } from './screen/screen-power-port.ts';
import type { ShutdownPort } from './shutdown-port.ts';
import type { SimulatorPort } from './simulated/simulator-port.ts';

/**
 * The machine as the agent sees it: every port, each present or absent with a reason.
 * What is present is decided once, when the board is opened; what is plugged in changes inside the ports.
 */
export interface Board {
  readonly kind: 'linux' | 'simulated';
  readonly identity: IdentityPort;
  readonly health: HealthPort;
  readonly hdmi: Presence<HdmiPort>;
  readonly cec: Presence<CecPort>;
  readonly input: Presence<InputPort>;
  readonly relays: Presence<RelayPort>;
  readonly hdmiSwitches: Presence<HdmiSwitchesPort>;
  readonly screen: Presence<ScreenPowerPort>;
  readonly audio: Presence<AudioPort>;
  readonly reboot: Presence<RebootPort>;
  readonly shutdown: Presence<ShutdownPort>;
  /** Present on the simulated board alone. */
  readonly simulator: Presence<SimulatorPort>;
  /** Begin to watch: from now on listeners are told of changes. */
  start(): Promise<void>;
  /** End every watch and every child process. Relay lines go to their safe level. May be repeated. */
  stop(): Promise<void>;
}
