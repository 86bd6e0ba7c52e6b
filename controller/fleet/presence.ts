/**
 * Which devices are here, as their `state` says. Rules:
 * - a will of an older connection is passed over (state-order.ts);
 * - a device that says `ready` and then nothing at all, not even its health every 30 s, is judged lost:
 *   its will is gone with a broker that was restarted.
 */
import type { DeviceState } from '@homeroom/protocol';
import { isStale } from './state-order.ts';

interface Seen {
  state: DeviceState | undefined;
  lastHeardMs: number;
}

/** Three reports missed, and a little. */
export const silentAfterMs = 100_000;

/** Kept in memory; pure but for what it remembers. */
export class Presence {
  readonly #devices = new Map<string, Seen>();

  /** What the database knew at the start; each gets the whole time to be heard again. */
  restore(device: string, state: DeviceState, nowMs: number): void {
    this.#devices.set(device, { state, lastHeardMs: nowMs });
  }

  /** Any message of a device. */
  heard(device: string, nowMs: number): void {
    const seen = this.#devices.get(device);
    if (seen) seen.lastHeardMs = nowMs;
    else this.#devices.set(device, { state: undefined, lastHeardMs: nowMs });
  }

  /** @returns whether the state was taken; false for one that is older than what is known */
  accept(device: string, state: DeviceState, options: { isReplay: boolean; nowMs: number }): boolean {
    const known = this.#devices.get(device)?.state;
    if (isStale(state, known, options.isReplay)) return false;
    this.#devices.set(device, { state, lastHeardMs: options.nowMs });
    return true;
  }

  forget(device: string): void {
    this.#devices.delete(device);
  }

  stateOf(device: string): DeviceState | undefined {
    return this.#devices.get(device)?.state;
  }

  isConnected(device: string): boolean {
    return this.stateOf(device)?.state === 'ready';
  }

  /** How many are in each state. */
  counts(): Record<DeviceState['state'], number> {
    const counts = { ready: 0, disconnected: 0, lost: 0 };
    for (const { state } of this.#devices.values()) if (state) counts[state.state] += 1;
    return counts;
  }

  /** @returns the devices that say they are here and have been silent for too long, with their last state */
  silent(nowMs: number): { device: string; state: DeviceState }[] {
    const silent: { device: string; state: DeviceState }[] = [];
    for (const [device, { state, lastHeardMs }] of this.#devices) {
      if (state?.state === 'ready' && nowMs - lastHeardMs > silentAfterMs) silent.push({ device, state });
    }
    return silent;
  }
}
