import type { Health } from '@homeroom/protocol';
import type { AlertBook } from './alert-book.ts';
import type { DeviceStore } from './device-store.ts';
import { healthAlertCodes, healthAlerts } from './health-alerts.ts';

/** Alerts about something that happened; they end when it has not happened again for so long. */
const quietMs = {
  identity_conflict: 10 * 60_000,
  publish_refused: 10 * 60_000,
  disk_full: 60 * 60_000,
} as const;
export type TimedAlertCode = keyof typeof quietMs;

export interface DeviceAlertsOptions {
  readonly book: AlertBook;
  readonly store: Pick<DeviceStore, 'putAlerts'>;
  readonly now: () => Date;
}

/** Raises and ends alerts of devices, and has what changed written. */
export class DeviceAlerts {
  readonly #book: AlertBook;
  readonly #store: Pick<DeviceStore, 'putAlerts'>;
  readonly #now: () => Date;
  readonly #raisedAtMs = new Map<string, number>();

  constructor({ book, store, now }: DeviceAlertsOptions) {
    this.#book = book;
    this.#store = store;
    this.#now = now;
  }

  /** What a device's health says now. */
  health(device: string, health: Health): void {
    const now = this.#now();
    const alerts = healthAlerts(health, now, this.#book.codes(device));
    this.#keep(device, this.#book.set(device, healthAlertCodes, alerts, now));
  }

  /** Something happened that somebody should know of. */
  raise(device: string, code: TimedAlertCode, message: string): void {
    const now = this.#now();
    this.#raisedAtMs.set(`${code} ${device}`, now.getTime());
    this.#keep(device, this.#book.set(device, [code], [{ code, message: message.slice(0, 200) }], now));
  }

  /** End what has been quiet for long enough. What was stored before a restart begins its time anew. */
  sweep(): void {
    const now = this.#now();
    for (const [code, forMs] of Object.entries(quietMs)) {
      for (const device of this.#book.devicesWith(code)) {
        const key = `${code} ${device}`;
        const raisedAtMs = this.#raisedAtMs.get(key) ?? now.getTime();
        this.#raisedAtMs.set(key, raisedAtMs);
        if (now.getTime() - raisedAtMs < forMs) continue;
        this.#raisedAtMs.delete(key);
        this.#keep(device, this.#book.set(device, [code], [], now));
      }
    }
  }

  #keep(device: string, alerts: ReturnType<AlertBook['set']>): void {
    if (alerts) this.#store.putAlerts(device, [...alerts]);
  }
}
