import { HomeroomError, type School as Told } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { recordRule } from './record-rule.ts';
import { isTimeZone } from './rhythm.ts';

/** PostgreSQL reckons weeks by it: it must know the zone too. */
const isKnownSql = 'select 1 from pg_timezone_names where name = $1';

const writeSql = `
insert into settings (key, value) values ('time-zone', to_jsonb($1::text))
on conflict (key) do update set value = excluded.value`;

/** What concerns the school as a whole: the clocks that its weeks and lessons go by. */
export class School {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @returns UTC until an admin names another zone */
  async get(): Promise<Told> {
    return { timeZone: await schoolTimeZone(this.#db) };
  }

  /** @throws request_invalid when there is no such time zone */
  async set({ timeZone }: Told, actor: Actor): Promise<Told> {
    await this.#db.transaction(async (tx) => {
      const isKnown = isTimeZone(timeZone) && (await tx.query(isKnownSql, [timeZone])).length > 0;
      if (!isKnown) throw new HomeroomError('request_invalid', `timeZone: there is no time zone ${timeZone}`);
      await tx.query(writeSql, [timeZone]);
      await recordRule(tx, { action: 'school.change', subject: null, actor, after: { timeZone } });
    });
    this.#changes.announce({ kind: 'lesson', id: 'all' });
    return { timeZone };
  }
}

/** @returns the IANA name of the school's time zone */
export async function schoolTimeZone(db: Queryable): Promise<string> {
  const [row] = await db.query<{ zone: string }>('select school_time_zone() as zone');
  return row?.zone ?? 'UTC';
}
