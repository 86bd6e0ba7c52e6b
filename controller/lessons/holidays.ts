import { type HolidayRequest, HomeroomError, type Holiday as Told } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';
import { recordRule } from './record-rule.ts';

const fields = `id, name, first_day::text as "firstDay", last_day::text as "lastDay"`;

const insertSql = `insert into holidays (name, first_day, last_day) values ($1, $2, $3) returning ${fields}`;

const updateSql = `
update holidays set name = $2, first_day = $3, last_day = $4 where id = $1 returning ${fields}`;

/** Every series is looked at again: its lessons on these days go, or come back. */
const lookAgainSql = 'update lesson_series set look_again_at = now()';

/** Days without lessons. */
export class Holidays {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  page(page: PageRequest): Promise<Page<Told>> {
    const sql = `select ${fields}, created_at from holidays`;
    return readPage<Told & { created_at: Date }, Told>(this.#db, {
      sql,
      page,
      toItem: ({ created_at: _, ...row }) => row,
    });
  }

  /** @returns undefined when there is no such holiday */
  async get(id: string): Promise<Told | undefined> {
    if (!isUuid(id)) return undefined;
    return (await this.#db.query<Told>(`select ${fields} from holidays where id = $1`, [id]))[0];
  }

  /** @throws request_invalid when it ends before it begins */
  async create(request: HolidayRequest, actor: Actor): Promise<Told> {
    return await this.#write('holiday.create', request, actor, insertSql, []);
  }

  /** @throws not_found, request_invalid */
  async change(id: string, request: HolidayRequest, actor: Actor): Promise<Told> {
    if (!isUuid(id)) throw new HomeroomError('not_found');
    return await this.#write('holiday.change', request, actor, updateSql, [id]);
  }

  /** @throws not_found */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.#db.transaction(async (tx) => {
      const sql = `delete from holidays where id = $1 returning ${fields}`;
      const [gone] = isUuid(id) ? await tx.query<Told>(sql, [id]) : [];
      if (!gone) throw new HomeroomError('not_found');
      await tx.query(lookAgainSql);
      await recordRule(tx, { action: 'holiday.remove', subject: id, actor, before: gone });
    });
    this.#changes.announce({ kind: 'lesson', id: 'all' });
  }

  async #write(
    action: string,
    request: HolidayRequest,
    actor: Actor,
    sql: string,
    id: readonly string[],
  ): Promise<Told> {
    const { name, firstDay, lastDay } = request;
    if (lastDay < firstDay) {
      throw new HomeroomError('request_invalid', 'lastDay: holidays end after they begin');
    }
    const holiday = await this.#db.transaction(async (tx) => {
      const [row] = await tx.query<Told>(sql, [...id, name, firstDay, lastDay]);
      if (!row) throw new HomeroomError('not_found');
      await tx.query(lookAgainSql);
      await recordRule(tx, { action, subject: row.id, actor, after: request });
      return row;
    });
    this.#changes.announce({ kind: 'lesson', id: 'all' });
    return holiday;
  }
}

/** @returns the holidays of the school that touch a span of days */
export function holidaysWithin(
  db: Queryable,
  span: { firstDay: string; lastDay: string },
): Promise<{ firstDay: string; lastDay: string }[]> {
  const sql = `select ${fields} from holidays where first_day <= $2 and last_day >= $1`;
  return db.query(sql, [span.firstDay, span.lastDay]);
}
