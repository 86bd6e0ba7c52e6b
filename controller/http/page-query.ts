import { defaultPageSize, pageQuery } from '@homeroom/protocol';
import { decodePosition, type PageRequest } from '../store/page.ts';
import { parseRequest } from './request-fault.ts';

/** What a request without page parameters wants of a list. */
export const firstPage: PageRequest = { limit: defaultPageSize, after: null };

/**
 * Read `limit` and `after` of a query.
 *
 * @throws request_invalid when either is wrong
 */
export function pageRequestOf(query: unknown): PageRequest {
  const { limit = defaultPageSize, after } = parseRequest(pageQuery, query);
  return { limit, after: after === undefined ? null : decodePosition(after) };
}

/** @returns the query without them, for the route's own schema. */
export function withoutPage(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  return Object.fromEntries(Object.entries(query).filter(([name]) => !(name in pageQuery.entries)));
}
