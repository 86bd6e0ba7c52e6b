import type { Pool } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';

const listSql = `
select p.template_id as id, p.created_at, p.warm_minimum as minimum, p.maximum,
  count(d.id) filter (where d.state = 'creating') as creating,
  count(d.id) filter (where d.state = 'ready') as ready,
  count(d.id) filter (where d.state = 'claimed') as claimed,
  count(d.id) filter (where d.state = 'failed') as failed
from pools p left join desktops d on d.template_id = p.template_id and d.state <> 'gone'
where $1::text is null or p.template_id = $1
group by p.template_id`;

type Row = Omit<Pool, 'template'> & { readonly id: string; readonly created_at: Date };

/** How many desktops of each template stand ready, and how many shall. */
export class Pools {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns the pools of all templates. */
  page(page: PageRequest): Promise<Page<Pool>> {
    return readPage<Row, Pool>(this.#db, { sql: listSql, values: [null], page, toItem: toPool });
  }

  /** @returns the pool of a template, or undefined when it has none. */
  async get(templateId: string): Promise<Pool | undefined> {
    const [row] = await this.#db.query<Row>(listSql, [templateId]);
    return row && toPool(row);
  }
}

function toPool({ id, minimum, maximum, creating, ready, claimed, failed }: Row): Pool {
  return { template: id, minimum, maximum, creating, ready, claimed, failed };
}
