import type { Session } from '@homeroom/protocol';
import type { Database, Prepared } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';
import { type OnlookRow, onlookColumns, toOnlookers } from './onlookers.ts';
import { QueueEstimates } from './queue-facts.ts';
import {
  detailColumns,
  detailJoins,
  type SessionDetails,
  type SessionRow,
  sessionColumns,
  toSession,
} from './session-row.ts';

export interface SessionFilter {
  readonly userId?: string;
  /** Of a user by id or user name; beside `userId`, both must be the same one. */
  readonly user?: string | undefined;
  /** `live` is every state but `ended`; `all` is the default. */
  readonly state?: 'live' | 'all';
  /** A teacher: of their rooms, without a seat, or their own; null for no limit. */
  readonly teacher?: string | null;
}

export type DetailedRow = SessionRow & SessionDetails;
type ToldRow = DetailedRow & OnlookRow;

const select = `select ${sessionColumns}, ${detailColumns}, ${onlookColumns} from sessions s ${detailJoins}`;

const getSql: Prepared = { name: 'sessions.get', text: `${select} where s.id = $1` };

const liveSql: Prepared = {
  name: 'sessions.live-of-user',
  text: `${select} where s.user_id = $1 and s.state <> 'ended'`,
};

const latestSql = `${select} where s.user_id = $1 order by s.created_at desc limit 1`;

const listSql = `${select}
where ($1::uuid is null or s.user_id = $1) and ($2 or s.state <> 'ended')
  and ($3::text is null or s.user_id::text = $3 or u.username = $3)
  and ($4::uuid is null or s.user_id = $4 or s.seat_id is null or s.seat_id in (
    select x.id from seats x join room_teachers t on t.room_id = x.room_id where t.user_id = $4))`;

/** Sessions as the API tells them: rows, what the rules make of them, and estimates for those who wait. */
export class SessionReader {
  readonly #db: Database;
  readonly #estimates: QueueEstimates;

  constructor(db: Database) {
    this.#db = db;
    this.#estimates = new QueueEstimates({ db });
  }

  /** @returns the session, or undefined when there is none with this id. */
  async get(id: string): Promise<Session | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.#db.query<ToldRow>(getSql, [id]);
    return row && (await this.tell(row));
  }

  /** @returns a user's live session; undefined when they have none. */
  async liveOf(userId: string): Promise<Session | undefined> {
    const [row] = await this.#db.query<ToldRow>(liveSql, [userId]);
    return row && (await this.tell(row));
  }

  /** @returns a user's session that began last, live or ended; undefined when they never had one. */
  async latestOf(userId: string): Promise<Session | undefined> {
    const [row] = await this.#db.query<ToldRow>(latestSql, [userId]);
    return row && (await this.tell(row));
  }

  /** @returns the newest first; empty when there is none. */
  async page(
    { userId, user, state = 'all', teacher = null }: SessionFilter,
    page: PageRequest,
  ): Promise<Page<Session>> {
    const values = [userId ?? null, state === 'all', user ?? null, teacher];
    const toItem = (row: ToldRow) => row;
    const rows = await readPage(this.#db, { sql: listSql, values, page, order: 'newest-first', toItem });
    return { items: await Promise.all(rows.items.map((row) => this.tell(row))), next: rows.next };
  }

  /** @returns the session of a row, with an estimate when it waits */
  async tell(row: SessionRow & Partial<SessionDetails & OnlookRow>): Promise<Session> {
    const onlook = { onlookers: toOnlookers(row.onlookers), shownIn: row.shown_in ?? null };
    const session = { ...toSession(row), ...onlook };
    const { place, template } = session;
    if (place === null) return session;
    const waiting = { place, isOfLesson: row.lesson_id !== null };
    return { ...session, estimateS: await this.#estimates.waitS(template, waiting) };
  }
}
