import type { DeviceInfo } from '@homeroom/protocol/wire';

/** Who the machine is. It identifies, it never authenticates. */
export interface Identity {
  /** A device id as topics take it; the same after each boot and each installation. */
  readonly deviceId: string;
  /** Changes with each boot. */
  readonly bootId: string;
  /** The part of `…/info` that the machine tells; the agent adds its version and its capabilities. */
  readonly info: Pick<DeviceInfo, 'model' | 'serial' | 'fingerprint' | 'os' | 'arch' | 'addresses'>;
}

export interface IdentityPort {
  /** Read it now; only `info.addresses` may change while the machine runs. */
  read(): Promise<Identity>;
}
