import type { Pool } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';

const listSql = `
select p.template_id as template, p.warm_minimum as minimum, p.maximum,
  count(d.id) filter (where d.state = 'creating') as creating,
  count(d.id) filter (where d.state = 'ready') as ready,
  count(d.id) filter (where d.state = 'claimed') as claimed,
  count(d.id) filter (where d.state = 'failed') as failed
from pools p left join desktops d on d.template_id = p.template_id and d.state <> 'gone'
where $1::text is null or p.template_id = $1
group by p.template_id order by p.template_id`;

/** How many desktops of each template stand ready, and how many shall. */
export class Pools {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns every pool, by its template's id. */
  list(): Promise<Pool[]> {
    return this.#db.query<Pool>(listSql, [null]);
  }

  /** @returns the pool of a template, or undefined when it has none. */
  async get(templateId: string): Promise<Pool | undefined> {
    const [pool] = await this.#db.query<Pool>(listSql, [templateId]);
    return pool;
  }
}
