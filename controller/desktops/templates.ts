import type { Template } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';

const listSql = `
select t.id, t.name, t.description, t.provider, t.icon,
  (select count(*) from desktops d where d.template_id = t.id and d.state = 'ready') as ready
from templates t
where t.withdrawn_at is null and ($1::text is null or t.id = $1) order by t.name`;

/** What desktops are made from. */
export class Templates {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns every template that is not withdrawn, by name, with its number of ready desktops. */
  list(): Promise<Template[]> {
    return this.#db.query<Template>(listSql, [null]);
  }

  /** @returns the template, or undefined when there is none with this id, or it was withdrawn. */
  async get(id: string): Promise<Template | undefined> {
    const [template] = await this.#db.query<Template>(listSql, [id]);
    return template;
  }
}
