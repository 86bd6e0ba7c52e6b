/**
 * Keeps the table of hosts as their agents report, and says which desktops are to be looked at: those that
 * ended or vanished, those of a host that came back, and, when a host becomes well, those that wait for a place.
 */
import { type Host, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { FleetMessage, Messaging } from '../../fleet/ports.ts';
import type { Database } from '../../store/database.ts';
import { hostIds } from './host-places.ts';

export interface HostReportsOptions {
  readonly db: Database;
  /** `isConnected` is asked after the fleet has heard a message: it knows late wills from true ones. */
  readonly messaging: Pick<Messaging, 'onMessage' | 'isConnected'>;
  /** Have a desktop looked at soon. */
  readonly lookAgain: (desktop: string) => Promise<void> | void;
  readonly logger: Logger;
}

/** What waits to be written of one host: its last report, or that it went away. */
type News = { readonly report: Host } | { readonly isAway: true };

const reportSql = `
insert into hosts (device_id, capacity, healthy, faults, load, kinds, seen_at)
select id, $2, $3, $4, $5, $6, now() from devices where id = $1
on conflict (device_id) do update set capacity = excluded.capacity, healthy = excluded.healthy,
  faults = excluded.faults, load = excluded.load, kinds = excluded.kinds, seen_at = now()`;
/** What runs there may run on; whether its users find it again is seen when the host is back. */
const awaySql = `
with away as (update hosts set healthy = false where device_id = $1)
update desktops set unhealthy_at = coalesce(unhealthy_at, now()), error = 'The machine that runs it is away.'
where host_id = $1 and state = 'claimed' and unhealthy_at is null`;
const backSql = `
update desktops set unhealthy_at = null, error = null
where host_id = $1 and state = 'claimed' and unhealthy_at is not null and id = any($2)`;
const claimedSql = `select id from desktops where host_id = $1 and state = 'claimed'`;
const waitingSql = `select id from desktops where provider = 'host' and state = 'creating' and host_id is null`;

export class HostReports {
  readonly #options: HostReportsOptions;
  readonly #known = new Set<string>();
  /** The desktops that each host last reported to run. */
  readonly #running = new Map<string, ReadonlySet<string>>();
  readonly #well = new Set<string>();
  readonly #news = new Map<string, News>();
  #writing: Promise<void> | undefined;
  #leave: (() => void) | undefined;

  constructor(options: HostReportsOptions) {
    this.#options = options;
  }

  /** To be called after the fleet's start, so that the fleet hears each message first. */
  start(): void {
    this.#write(() => this.#findKnown());
    this.#leave = this.#options.messaging.onMessage((message) => this.#hear(message));
  }

  /** Hear no more, and write what was heard. */
  async stop(): Promise<void> {
    this.#leave?.();
    await this.#writing;
  }

  #hear({ parsed, value, isReplay }: FleetMessage): void {
    // A replay is older than what the table has; the agent reports afresh when it hears of us.
    if (parsed.kind !== 'device' || isReplay) return;
    const { device, leaf } = parsed;
    if (leaf === 'host') this.#news.set(device, { report: value as Host });
    else if (leaf === 'state' && this.#hasLeft(device)) this.#news.set(device, { isAway: true });
    else return;
    this.#write(() => this.#writeAll());
  }

  #write(work: () => Promise<void>): void {
    this.#writing ??= work().finally(() => {
      this.#writing = undefined;
      if (this.#news.size > 0) this.#write(() => this.#writeAll());
    });
  }

  async #findKnown(): Promise<void> {
    try {
      for (const host of await hostIds(this.#options.db)) this.#known.add(host);
    } catch (caught) {
      // They make themselves known by their next report.
      this.#options.logger.warn({ err: toError(caught) }, 'the known hosts could not be read');
    }
  }

  #hasLeft(device: string): boolean {
    return this.#known.has(device) && !this.#options.messaging.isConnected(device);
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#take(); next; next = this.#take()) {
      const [host, news] = next;
      try {
        await ('report' in news ? this.#report(host, news.report) : this.#away(host));
      } catch (caught) {
        // The next report comes within half a minute and says the same.
        this.#options.logger.warn(
          { err: toError(caught), hostId: host },
          'a host report could not be written',
        );
      }
    }
  }

  #take(): [string, News] | undefined {
    const [next] = this.#news;
    if (next) this.#news.delete(next[0]);
    return next;
  }

  async #report(host: string, report: Host): Promise<void> {
    const { capacity, faults, kinds = [], load, desktops } = report;
    const isWell = faults.length === 0;
    const running = new Set(desktops.filter(({ state }) => state !== 'ended').map(({ desktop }) => desktop));
    // Read before the host can be seen to be well: what is claimed from then on is not what this report speaks of.
    const before = this.#running.get(host) ?? (await this.#ids(claimedSql, [host]));
    await this.#options.db.query(reportSql, [host, capacity, isWell, JSON.stringify(faults), load, kinds]);
    await this.#options.db.query(backSql, [host, [...running]]);
    this.#known.add(host);
    this.#running.set(host, running);
    await this.#lookAgain([...before].filter((desktop) => !running.has(desktop)));
    if (isWell && !this.#well.has(host)) await this.#lookAgain(await this.#ids(waitingSql, []));
    if (isWell) this.#well.add(host);
    else this.#well.delete(host);
  }

  async #away(host: string): Promise<void> {
    await this.#options.db.query(awaySql, [host]);
    // When it is back, its claimed desktops are compared with what it then reports.
    this.#running.delete(host);
    this.#well.delete(host);
  }

  async #ids(sql: string, values: readonly unknown[]): Promise<ReadonlySet<string>> {
    const rows = await this.#options.db.query<{ id: string }>(sql, values);
    return new Set(rows.map((row) => row.id));
  }

  async #lookAgain(desktops: Iterable<string>): Promise<void> {
    for (const desktop of desktops) await this.#options.lookAgain(desktop);
  }
}
