import type { Device } from '@homeroom/protocol';
import type { Alert } from './health-alerts.ts';

type StandingAlert = Device['alerts'][number];

/**
 * The alerts that stand at each device. Each kind of alert has one source, which tells all that should stand
 * of its own codes; the others are left alone. An alert keeps the time at which it began. In memory; whoever
 * changes it stores what it returns.
 */
export class AlertBook {
  readonly #standing = new Map<string, readonly StandingAlert[]>();

  restore(device: string, alerts: readonly StandingAlert[]): void {
    if (alerts.length > 0) this.#standing.set(device, alerts);
  }

  forget(device: string): void {
    this.#standing.delete(device);
  }

  /** @returns the codes that stand at a device */
  codes(device: string): Set<string> {
    return new Set(this.#standing.get(device)?.map((alert) => alert.code));
  }

  /** @returns the devices at which an alert stands */
  devicesWith(code: string): string[] {
    return [...this.#standing].filter(([, alerts]) => alerts.some((a) => a.code === code)).map(([id]) => id);
  }

  /**
   * @param owned every code of this source
   * @param alerts what should stand of them now
   * @returns all alerts of the device when something changed, undefined when nothing did
   */
  set(
    device: string,
    owned: readonly string[],
    alerts: readonly Alert[],
    now: Date,
  ): readonly StandingAlert[] | undefined {
    const before = this.#standing.get(device) ?? [];
    const kept = before.filter((alert) => !owned.includes(alert.code));
    const mine = alerts.map(({ code, message }) => ({
      code,
      message,
      since: before.find((alert) => alert.code === code)?.since ?? now.toISOString(),
    }));
    const after = [...kept, ...mine];
    if (isSame(before, after)) return undefined;
    if (after.length === 0) this.#standing.delete(device);
    else this.#standing.set(device, after);
    return after;
  }
}

/** Words may change a little (a temperature) without being news; that an alert stands or ends is. */
function isSame(before: readonly StandingAlert[], after: readonly StandingAlert[]): boolean {
  const codes = new Set(before.map((alert) => alert.code));
  return before.length === after.length && after.every((alert) => codes.has(alert.code));
}
