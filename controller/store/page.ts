/**
 * Lists in pages, by the time a record was made and then by its id: a page says where the next one begins, so
 * whatever is made or removed meanwhile, no record is told twice and none that stays is left out.
 */

import { HomeroomError } from '@homeroom/protocol';
import type { Queryable } from './database.ts';

/** Where a page begins: after this record. */
export interface Position {
  /** Microseconds since 1970, as PostgreSQL keeps time; a Date has milliseconds only. */
  readonly createdUs: string;
  readonly id: string;
}

export interface PageRequest {
  readonly limit: number;
  /** Null for the first page. */
  readonly after: Position | null;
}

export interface Page<T> {
  readonly items: T[];
  /** What to send as `after` for the next page; null when this was the last. */
  readonly next: string | null;
}

/** For callers inside the controller that want everything there is. */
export const wholeList: PageRequest = { limit: 100_000, after: null };

export interface PageQuery<Row, T> {
  /**
   * A select with the columns `id` and `created_at`, without order or limit; its values are numbered from $1.
   */
  readonly sql: string;
  readonly values?: readonly unknown[];
  readonly page: PageRequest;
  /** The oldest first, unless told otherwise. */
  readonly order?: 'oldest-first' | 'newest-first';
  readonly toItem: (row: Row) => T;
}

interface Placed {
  readonly page_us: number;
  readonly page_id: string;
}

/**
 * Read one page of a select.
 *
 * @returns its items, none when there are no more
 * @throws database_unavailable
 */
export async function readPage<Row, T>(db: Queryable, query: PageQuery<Row, T>): Promise<Page<T>> {
  const { sql, values = [], page, order = 'oldest-first', toItem } = query;
  const paged = pagedSql(sql, values.length, order);
  // One more than asked for: it tells whether there is a next page.
  const rows = await db.query<Row & Placed>(paged, [
    ...values,
    page.after?.createdUs ?? null,
    page.after?.id ?? '',
    page.limit + 1,
  ]);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const hasMore = rows.length > page.limit && last !== undefined;
  const next = hasMore ? encodePosition({ createdUs: String(last.page_us), id: last.page_id }) : null;
  return { items: shown.map((row) => toItem(withoutPlace(row))), next };
}

/** Where a row stands is the page's own affair: who makes items of whole rows must not tell it. */
function withoutPlace<Row>({ page_us: _us, page_id: _id, ...row }: Row & Placed): Row {
  return row as Row;
}

/** PostgreSQL puts the condition into the select inside where it has neither groups nor limits. */
function pagedSql(sql: string, given: number, order: 'oldest-first' | 'newest-first'): string {
  const [comparison, direction] = order === 'oldest-first' ? ['>', 'asc'] : ['<', 'desc'];
  const [time, id, limit] = [`$${given + 1}`, `$${given + 2}`, `$${given + 3}`];
  return `
select page.*, (extract(epoch from page.created_at) * 1000000)::bigint as page_us, page.id::text as page_id
from (${sql}) page
where ${time}::bigint is null
  or (page.created_at, page.id::text collate "C")
     ${comparison} (timestamptz 'epoch' + ${time}::bigint * interval '1 microsecond', ${id}::text collate "C")
order by page.created_at ${direction}, page.id::text collate "C" ${direction}
limit ${limit}`;
}

/** @returns the position as one opaque word. */
export function encodePosition({ createdUs, id }: Position): string {
  return Buffer.from(`${createdUs} ${id}`).toString('base64url');
}

/** @throws request_invalid when the word is none of ours */
export function decodePosition(text: string): Position {
  const decoded = Buffer.from(text, 'base64url').toString('utf8');
  // Sixteen digits last until the year 2286; PostgreSQL takes no more than some 300,000 years.
  const [, createdUs, id] = /^(\d{1,16}) ([\x21-\x7e]{1,64})$/.exec(decoded) ?? [];
  if (createdUs === undefined || id === undefined) {
    throw new HomeroomError('request_invalid', 'after: send the `next` of the page before');
  }
  return { createdUs, id };
}
