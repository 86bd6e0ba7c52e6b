import type { Desktop } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';
import { type DesktopRow, desktopColumns, toDesktop } from './desktop-row.ts';

const listSql = `
select ${desktopColumns} from desktops d join templates t on t.id = d.template_id
where d.state <> 'gone'`;

const getSql = `select ${desktopColumns} from desktops d join templates t on t.id = d.template_id where d.id = $1`;

/** The desktops, for people to look at. */
export class DesktopList {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns the desktops that are not gone, the newest first. */
  page(page: PageRequest): Promise<Page<Desktop>> {
    return readPage(this.#db, { sql: listSql, page, order: 'newest-first', toItem: toDesktop });
  }

  /** @returns the desktop, gone or not; undefined when there is none with this id. */
  async get(id: string): Promise<Desktop | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.#db.query<DesktopRow>(getSql, [id]);
    return row && toDesktop(row);
  }
}
