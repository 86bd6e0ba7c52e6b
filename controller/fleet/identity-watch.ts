import type { DeviceInfo, DeviceState } from '@homeroom/protocol';
import {
  type Arrival,
  conflictWindowMs,
  type IdentityConflict,
  identityConflictOf,
  maxArrivals,
} from './identity-conflict.ts';

/** Remembers how each device arrived lately, and says when two machines take turns under one identity. */
export class IdentityWatch {
  readonly #arrivals = new Map<string, Arrival[]>();
  readonly #addresses = new Map<string, string>();
  readonly #nowMs: () => number;

  constructor({ nowMs }: { nowMs: () => number }) {
    this.#nowMs = nowMs;
  }

  /** A device's connection came from this address. */
  connected(device: string, address: string): void {
    this.#addresses.set(device, address);
  }

  /** A device said that it is here. @returns the conflict that this shows, if any */
  arrived(device: string, { bootId }: DeviceState): IdentityConflict | undefined {
    const address = this.#addresses.get(device) ?? null;
    const arrivals = [
      ...(this.#arrivals.get(device) ?? []),
      { atMs: this.#nowMs(), bootId, fingerprint: null, address },
    ];
    this.#arrivals.set(device, arrivals.slice(-maxArrivals));
    return this.#conflict(device);
  }

  /** A device told what it is; that belongs to its last arrival. @returns the conflict that this shows, if any */
  described(device: string, { fingerprint, addresses }: DeviceInfo): IdentityConflict | undefined {
    const arrivals = this.#arrivals.get(device);
    const last = arrivals?.at(-1);
    if (!arrivals || !last || last.fingerprint === fingerprint) return undefined;
    const address = addresses[0] ?? last.address;
    this.#arrivals.set(device, [...arrivals.slice(0, -1), { ...last, fingerprint, address }]);
    return this.#conflict(device);
  }

  forget(device: string): void {
    this.#arrivals.delete(device);
    this.#addresses.delete(device);
  }

  /** Forget arrivals that are too old to matter. */
  sweep(): void {
    for (const [device, arrivals] of this.#arrivals) {
      const last = arrivals.at(-1);
      if (!last || this.#nowMs() - last.atMs > conflictWindowMs) this.#arrivals.delete(device);
    }
  }

  #conflict(device: string): IdentityConflict | undefined {
    return identityConflictOf(this.#arrivals.get(device) ?? [], this.#nowMs());
  }
}
