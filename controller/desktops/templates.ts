import type { Template } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';

const listSql = `
select t.id, t.created_at, t.name, t.description, t.provider, t.icon,
  (select count(*) from desktops d where d.template_id = t.id and d.state = 'ready') as ready
from templates t
where t.withdrawn_at is null and ($1::text is null or t.id = $1)
  and ($2::uuid is null or may_use_template($2, t.id) and not exam_bars($2, null, t.id))`;

type Row = Template & { readonly created_at: Date };

/** What desktops are made from. */
export class Templates {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /**
   * @param forUser leaves out what is for groups that this person does not belong to, and what their exam does not offer
   * @returns the templates that are not withdrawn, each with its number of ready desktops
   */
  page(page: PageRequest, forUser: string | null = null): Promise<Page<Template>> {
    const values = [null, forUser];
    return readPage<Row, Template>(this.#db, { sql: listSql, values, page, toItem: toTemplate });
  }

  /** @returns the template, or undefined when there is none with this id, it was withdrawn, or it is not for `forUser`. */
  async get(id: string, forUser: string | null = null): Promise<Template | undefined> {
    const [row] = await this.#db.query<Row>(listSql, [id, forUser]);
    return row && toTemplate(row);
  }
}

function toTemplate({ id, name, description, provider, icon, ready }: Row): Template {
  return { id, name, description, provider, icon, ready };
}
