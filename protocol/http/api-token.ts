import * as v from 'valibot';
import { label, timestamp } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';

/**
 * What a bearer token may do: `*` is everything that its user may; `<area>:read` and `<area>:write` are the routes
 * whose path begins with the area, to look and to change. `write` includes `read`.
 */
export const scope = v.pipe(
  v.string(),
  v.regex(/^(?:\*|[a-z][a-z-]{0,40}:(?:read|write))$/, 'A scope is *, or an area with :read or :write.'),
);

export const apiToken = v.object({
  id,
  user: id,
  username: label,
  /** The whole token; only in the answer that made it. */
  token: v.optional(v.string()),
  note: v.nullable(label),
  scopes: v.array(v.string()),
  createdAt: timestamp,
  expiresAt: nullableTime,
  /** Written every few minutes at most. */
  lastUsedAt: nullableTime,
  withdrawnAt: nullableTime,
});
export type ApiToken = v.InferOutput<typeof apiToken>;

const dayS = 24 * 3600;
/** How long a token is good for when nobody says. */
export const defaultTokenLifeS = 90 * dayS;

/** `POST /tokens`. */
export const createApiTokenRequest = v.strictObject({
  /** What it is for: it is found again by this. */
  note: v.pipe(label, v.trim(), v.minLength(1)),
  scopes: v.optional(v.pipe(v.array(scope), v.minLength(1), v.maxLength(100)), ['*']),
  expiresInS: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(366 * dayS)),
    defaultTokenLifeS,
  ),
});
export type CreateApiTokenRequest = v.InferInput<typeof createApiTokenRequest>;

/** `GET /tokens/scopes`: everything that a token can be limited to. */
export const scopeList = v.object({ scopes: v.array(v.string()) });
export type ScopeList = v.InferOutput<typeof scopeList>;
