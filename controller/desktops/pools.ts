import { type Pool, pool } from '@homeroom/protocol';
import * as v from 'valibot';
import type { Database } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isOutdated, lessonsWant } from './pool-counts.ts';

/** What was made of a template that is withdrawn may not be gone yet; without anything left there is nothing to tell. */
const isAnyLeft = `exists (select from desktops d where d.template_id = p.template_id and d.state <> 'gone')
  or exists (select from sessions w where w.template_id = p.template_id and w.state = 'waiting')`;

const listSql = `
select p.template_id as id, p.created_at, p.template_id as template, p.maximum, p.max_age_s as "maxAgeS", p.roll_floor as "rollFloor",
  p.warm_minimum as "warmMinimum", p.warm_maximum as "warmMaximum",
  p.cold_minimum as "coldMinimum", p.cold_maximum as "coldMaximum",
  counted.*,
  (select count(*) from desktops u where u.template_id = p.template_id and u.state = 'claimed') as claimed,
  (select count(*) from sessions w where w.template_id = p.template_id and w.state = 'waiting') as waiting,
  case when t.withdrawn_at is null then ${lessonsWant} else 0 end as lessons
from pools p join templates t on t.id = p.template_id
cross join lateral (
  select
    count(*) filter (where d.state = 'creating') as creating,
    count(*) filter (where d.state = 'cold') as cold,
    count(*) filter (where d.state = 'warming') as warming,
    count(*) filter (where d.state = 'ready') as ready,
    count(*) filter (where d.state = 'cooling') as cooling,
    count(*) filter (where d.state = 'failed') as failed,
    count(*) filter (where d.state in ('ready', 'cold') and ${isOutdated}) as outdated
  from desktops d
  where d.template_id = p.template_id and d.state in ('creating', 'cold', 'warming', 'ready', 'cooling', 'failed')
) counted
where p.template_id = $1 or $1::text is null and (t.withdrawn_at is null or ${isAnyLeft})`;

type Row = Pool & { readonly id: string; readonly created_at: Date };

/** How many desktops of each template stand ready, and how many shall. */
export class Pools {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns the pools, the oldest first; of withdrawn templates those of which something is left. */
  page(page: PageRequest): Promise<Page<Pool>> {
    return readPage<Row, Pool>(this.#db, { sql: listSql, values: [null], page, toItem: toPool });
  }

  /** @returns the pool of a template, or undefined when it has none. */
  async get(templateId: string): Promise<Pool | undefined> {
    const [row] = await this.#db.query<Row>(listSql, [templateId]);
    return row && toPool(row);
  }
}

function toPool(row: Row): Pool {
  return v.parse(pool, row);
}
