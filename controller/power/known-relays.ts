import { toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Queryable } from '../store/database.ts';
import type { RelayAddress } from './relay-port.ts';
import type { RelayName } from './relay-words.ts';

export type KnownRelay = RelayAddress & {
  readonly channels: number;
  /** Whether any seat's computer hangs on it. */
  readonly powers_seats: boolean;
};

const selectSql = `
select r.id, r.kind, r.device_id, r.topic, r.generation, count(c.channel)::int as channels,
  coalesce(bool_or(c.load = 'seat' and c.seat_id is not null), false) as powers_seats
from relays r left join relay_channels c on c.relay_id = r.id`;

/** The relays that there are, kept in memory: who says something must be found at once, and most devices have none. */
export class KnownRelays {
  readonly #db: Queryable;
  readonly #logger: Logger;
  #relays = new Map<string, KnownRelay>();
  #names = new Map<string, string>();

  constructor({ db, logger }: { db: Queryable; logger: Logger }) {
    this.#db = db;
    this.#logger = logger;
  }

  /** @throws database_unavailable */
  async readAll(): Promise<void> {
    const rows = await this.#db.query<KnownRelay>(`${selectSql} group by r.id`);
    this.#relays = new Map(rows.map((row) => [row.id, row]));
    this.#names = new Map(rows.map((row) => [nameOf(row), row.id]));
  }

  /** Read one again. @returns whether it was not known before; false when it could not be read. Never throws */
  async read(id: string): Promise<boolean> {
    try {
      const [row] = await this.#db.query<KnownRelay>(`${selectSql} where r.id = $1 group by r.id`, [id]);
      const before = this.#relays.get(id);
      if (before) this.#names.delete(nameOf(before));
      this.#relays.delete(id);
      if (!row) return false;
      this.#relays.set(id, row);
      this.#names.set(nameOf(row), id);
      return before === undefined;
    } catch (caught) {
      this.#logger.warn({ err: toError(caught), relay: id }, 'a relay could not be read');
      return false;
    }
  }

  ids(): readonly string[] {
    return [...this.#relays.keys()];
  }

  /** @returns whether any seat's computer hangs on any of them */
  powerSeats(): boolean {
    return this.#relays.values().some(({ powers_seats: powers }) => powers);
  }

  get(id: string): KnownRelay | undefined {
    return this.#relays.get(id);
  }

  /** @returns the id of the relay that goes by a name */
  find(name: RelayName): string | undefined {
    return this.#names.get(keyOf(name));
  }

  /** A Shelly was heard in one of its two languages. */
  speaks(id: string, generation: 1 | 2): void {
    const relay = this.#relays.get(id);
    if (relay && relay.generation !== generation) this.#relays.set(id, { ...relay, generation });
  }
}

/** @returns a name as one word */
export function keyOf(name: RelayName): string {
  if (name.by === 'id') return `board ${name.id}`;
  return name.by === 'device' ? `device ${name.device}` : `${name.kind} ${name.topic}`;
}

/** @returns the word that a relay goes by */
export function nameOf({ id, kind, device_id: device, topic }: KnownRelay): string {
  return device === null ? `${kind} ${topic ?? id}` : `device ${device}`;
}
