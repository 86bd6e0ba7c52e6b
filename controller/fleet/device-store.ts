/**
 * Writes what devices say into their rows. Rules:
 * - the latest payload of each device and topic is what counts: older ones that wait are replaced;
 * - a write begins at once and carries everything that waits, in one statement;
 * - while the database is away, what waits is kept (bounded by the number of devices) and written when it
 *   is back;
 * - a row that the database refuses is dropped with a reason and holds up nobody else's.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Device, type DeviceStateLeaf, errorCodeOf, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';

/** What waits for one device: columns of its row. */
type Pending = Partial<Record<DeviceStateLeaf, unknown>> & { alerts?: Device['alerts'] };

export interface DeviceStoreOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly logger: Logger;
  /** Told of devices that said something and have no row. */
  readonly onUnknown: (device: string, leaves: DeviceStateLeaf[]) => void;
  readonly retryMs?: number;
}

const maxDevicesWaiting = 20_000;
const maxDevicesPerWrite = 500;

const columns = [
  'state',
  'info',
  'reported',
  'hdmi',
  'cec',
  'input',
  'relays',
  'health',
  'host',
  'alerts',
] as const satisfies readonly (keyof Pending)[];

const writeSql = {
  name: 'devices.write-reported',
  text: `
update devices d set
  ${columns.map((column) => `${column} = coalesce(p.${column}, d.${column})`).join(',\n  ')},
  fingerprint = coalesce(p.info->>'fingerprint', d.fingerprint),
  last_seen_at = now()
from jsonb_to_recordset($1::jsonb) as p(id text, ${columns.map((column) => `${column} jsonb`).join(', ')})
where d.id = p.id
returning d.id`,
};

export class DeviceStore {
  /** Only grow. */
  readonly counters = { written: 0, refused: 0, overflowed: 0 };
  readonly #options: DeviceStoreOptions;
  #waiting = new Map<string, Pending>();
  #writing: Promise<void> | undefined;
  #stopping = new AbortController();

  constructor(options: DeviceStoreOptions) {
    this.#options = options;
  }

  /** How many devices have something that is not written yet. */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** Take a device's latest payload of one topic. Returns at once. */
  put(device: string, leaf: DeviceStateLeaf, payload: unknown): void {
    this.#merge(device, { [leaf]: payload });
  }

  putAlerts(device: string, alerts: Device['alerts']): void {
    this.#merge(device, { alerts: [...alerts] });
  }

  /** Write what waits, once; what the database does not take now is lost. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#writing;
  }

  #merge(device: string, news: Pending): void {
    const waiting = this.#waiting.get(device);
    if (!waiting && this.#waiting.size >= maxDevicesWaiting) {
      this.counters.overflowed += 1;
      return;
    }
    this.#waiting.set(device, { ...waiting, ...news });
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
  }

  async #writeAll(): Promise<void> {
    // Messages that came in the same moment go into the same statement.
    await new Promise(setImmediate);
    while (this.#waiting.size > 0) {
      const batch = this.#take();
      try {
        await this.#write(batch);
      } catch (caught) {
        if (!(await this.#retryLater(batch, caught))) return;
      }
    }
  }

  #take(): Map<string, Pending> {
    const batch = new Map([...this.#waiting].slice(0, maxDevicesPerWrite));
    for (const device of batch.keys()) this.#waiting.delete(device);
    return batch;
  }

  /** @returns whether to go on */
  async #retryLater(batch: Map<string, Pending>, caught: unknown): Promise<boolean> {
    const { logger, retryMs = 1_000 } = this.#options;
    if (errorCodeOf(caught) === 'internal') {
      await this.#writeOneByOne(batch);
      return true;
    }
    this.#putBack(batch);
    if (this.#stopping.signal.aborted) return false;
    logger.warn({ err: toError(caught), devices: this.#waiting.size }, 'device state waits for the database');
    await sleep(retryMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    return true;
  }

  /** What came meanwhile is newer than what could not be written. */
  #putBack(batch: Map<string, Pending>): void {
    for (const [device, pending] of batch)
      this.#waiting.set(device, { ...pending, ...this.#waiting.get(device) });
  }

  async #writeOneByOne(batch: Map<string, Pending>): Promise<void> {
    for (const [device, pending] of batch) {
      try {
        await this.#write(new Map([[device, pending]]));
      } catch (caught) {
        if (errorCodeOf(caught) !== 'internal') {
          this.#putBack(new Map([[device, pending]]));
          continue;
        }
        this.counters.refused += 1;
        const topics = Object.keys(pending);
        this.#options.logger.warn(
          { err: toError(caught), deviceId: device, topics },
          'device state was refused',
        );
      }
    }
  }

  async #write(batch: Map<string, Pending>): Promise<void> {
    const records = [...batch].map(([id, pending]) => ({ id, ...pending }));
    const rows = await this.#options.db.query<{ id: string }>(writeSql, [JSON.stringify(records)]);
    this.counters.written += rows.length;
    const written = new Set(rows.map((row) => row.id));
    for (const [device, pending] of batch) {
      if (written.has(device)) this.#options.changes.announce({ kind: 'device', id: device });
      else this.#options.onUnknown(device, leavesOf(pending));
    }
  }
}

function leavesOf({ alerts: _alerts, ...payloads }: Pending): DeviceStateLeaf[] {
  return columns.filter((column) => column !== 'alerts' && column in payloads) as DeviceStateLeaf[];
}
