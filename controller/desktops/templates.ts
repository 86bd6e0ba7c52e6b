import type { Template } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';

const listSql = `
select t.id, t.created_at, t.name, t.description, t.provider, t.icon,
  (select count(*) from desktops d where d.template_id = t.id and d.state = 'ready') as ready
from templates t
where t.withdrawn_at is null and ($1::text is null or t.id = $1)`;

type Row = Template & { readonly created_at: Date };

/** What desktops are made from. */
export class Templates {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns the templates that are not withdrawn, each with its number of ready desktops. */
  page(page: PageRequest): Promise<Page<Template>> {
    return readPage<Row, Template>(this.#db, { sql: listSql, values: [null], page, toItem: toTemplate });
  }

  /** @returns the template, or undefined when there is none with this id, or it was withdrawn. */
  async get(id: string): Promise<Template | undefined> {
    const [row] = await this.#db.query<Row>(listSql, [id]);
    return row && toTemplate(row);
  }
}

function toTemplate({ id, name, description, provider, icon, ready }: Row): Template {
  return { id, name, description, provider, icon, ready };
}
