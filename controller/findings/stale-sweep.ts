import { sweepStale } from '../sessions/sweeps.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Prepared } from '../store/database.ts';
import { mendGraceMs } from './desktop-sightings.ts';
import type { DueFinding } from './finding-book.ts';
import type { FindingSweep } from './finding-sweep.ts';
import type { Sighting } from './sighting.ts';

/** Rows whose time is over are deleted every five minutes where all is well. */
const overFor = '1 hour';
/** More than these are not counted. */
const maxCounted = 10_000;

const leftovers = {
  sign_ins: 'sign-ins',
  kiosk_sign_ins: 'sign-ins of kiosks',
  second_steps: 'sign-ins that owe a code',
  stream_tickets: 'tickets of streams',
} as const;

type Table = keyof typeof leftovers;
const tables = Object.keys(leftovers) as Table[];

const countSql: Prepared = {
  name: 'findings.stale-rows',
  text: tables
    .map(
      (table) => `
select '${table}' as "table", count(*) as count from (
  select from ${table} where expires_at < now() - interval '${overFor}' limit ${maxCounted}
) stale`,
    )
    .join(' union all'),
};

/** What opens nothing any more and should have been deleted: sign-ins and tickets whose time is long over. */
export class StaleSweep implements FindingSweep {
  readonly name = 'stale-rows';
  readonly #sweep: { readonly db: Database; readonly changes: Changes };

  constructor(sweep: { readonly db: Database; readonly changes: Changes }) {
    this.#sweep = sweep;
  }

  async find(): Promise<Sighting[]> {
    return (await this.#count()).map(({ table, count }) => ({
      kind: 'forgotten',
      provider: null,
      subject: leftovers[table],
      reason: `${count} ${leftovers[table]} whose time was over more than an hour ago are still on record.`,
      mend: 'They are deleted; they open nothing any more.',
      graceMs: mendGraceMs,
    }));
  }

  async mend({ subject }: DueFinding): Promise<string | undefined> {
    await sweepStale(this.#sweep);
    const remain = await this.#count();
    return remain.some(({ table }) => leftovers[table] === subject) ? undefined : 'They were deleted.';
  }

  async #count(): Promise<{ table: Table; count: number }[]> {
    const rows = await this.#sweep.db.query<{ table: Table; count: number }>(countSql);
    return rows.filter(({ count }) => count > 0);
  }
}
