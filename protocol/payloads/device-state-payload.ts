import type { Cec } from './cec.ts';
import type { DeviceInfo } from './device-info.ts';
import type { DeviceState } from './device-state.ts';
import type { Hdmi } from './hdmi.ts';
import type { Health } from './health.ts';
import type { Host } from './host.ts';
import type { Input } from './input.ts';
import type { Relays } from './relays.ts';
import type { Reported } from './reported.ts';

/** From the leaf of a device's retained topic to what it carries. */
export interface DeviceStatePayload {
  state: DeviceState;
  info: DeviceInfo;
  reported: Reported;
  hdmi: Hdmi;
  cec: Cec;
  input: Input;
  relays: Relays;
  health: Health;
  host: Host;
}
