/**
 * Requests that make something, repeated with the same `Idempotency-Key`, make it once and answer the same. Rules:
 * - the key's row and what the request makes are one transaction: a crash at any line leaves both or none;
 * - a second request with the key waits for the first one's commit, or is told that it is still at work;
 * - work that by its nature makes no second (a claim: one live session per user) is not held in a transaction:
 *   its key is written down before it, its answer after it, and after a crash between the two the key is
 *   free again once its time is over;
 * - only success is remembered: a refused request made nothing and may be tried again;
 * - a key is remembered for a day.
 */

import { createHash } from 'node:crypto';
import { HomeroomError, toError } from '@homeroom/protocol';
import type { Database, Queryable } from '../store/database.ts';
import { keyHashOf, openReply, type Reply, sealReply } from './sealed-reply.ts';

export interface OnceRequest {
  readonly userId: string;
  readonly key: string;
  /** Method, path and body, as text: what makes it the same request. */
  readonly request: string;
  /** Whether doing the work twice makes no second. */
  readonly isRepeatable: boolean;
}

/** Port: does the work of a request once. */
export interface Once {
  /**
   * @returns what the work answered now, or what it answered to the first such request (`isReplay`)
   * @throws idempotency_key_reused, idempotency_key_in_use; else what `work` throws
   */
  run(request: OnceRequest, work: () => Promise<Reply>): Promise<Reply & { readonly isReplay: boolean }>;
}

const waitMs = 2_000;

const takeSql = `
insert into idempotency_keys as k (user_id, key_hash, request_hash) values ($1, $2, $3)
on conflict (user_id, key_hash) do update
  set request_hash = excluded.request_hash, status = null, response = null, created_at = now()
  where k.created_at < now() - interval '1 day'
    or (k.status is null and k.created_at < now() - interval '1 minute')
returning key_hash`;

const findSql =
  'select request_hash, status, response from idempotency_keys where user_id = $1 and key_hash = $2';

const keepSql = 'update idempotency_keys set status = $3, response = $4 where user_id = $1 and key_hash = $2';

const freeSql = 'delete from idempotency_keys where user_id = $1 and key_hash = $2 and status is null';

const forgetSql = `delete from idempotency_keys where created_at < now() - interval '1 day'`;

interface Row {
  readonly request_hash: string;
  readonly status: number | null;
  readonly response: Buffer | null;
}

/** {@link Once} by the table `idempotency_keys`. */
export class OnceInDatabase implements Once {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  async run(request: OnceRequest, work: () => Promise<Reply>): Promise<Reply & { isReplay: boolean }> {
    return request.isRepeatable ? await this.#beside(request, work) : await this.#together(request, work);
  }

  /** Forget the keys of yesterday. */
  async forgetOld(): Promise<void> {
    await this.#db.query(forgetSql);
  }

  #together(request: OnceRequest, work: () => Promise<Reply>): Promise<Reply & { isReplay: boolean }> {
    return this.#db.together(async (tx) => {
      if (!(await this.#takeSoon(tx, request))) return await replay(tx, request);
      const reply = await work();
      await keep(tx, request, reply);
      return { ...reply, isReplay: false };
    });
  }

  async #beside(request: OnceRequest, work: () => Promise<Reply>): Promise<Reply & { isReplay: boolean }> {
    if (!(await take(this.#db, request))) return await replay(this.#db, request);
    try {
      const reply = await work();
      await keep(this.#db, request, reply);
      return { ...reply, isReplay: false };
    } catch (caught) {
      // Should this fail too, the key is free after its time.
      await this.#db.query(freeSql, idsOf(request)).catch(() => undefined);
      throw caught;
    }
  }

  /** Another request with this key may be at work in a transaction: the insert waits for it, but not for ever. */
  async #takeSoon(tx: Queryable, request: OnceRequest): Promise<boolean> {
    await tx.query(`set local lock_timeout = ${waitMs}`);
    try {
      const isTaken = await take(tx, request);
      await tx.query('set local lock_timeout = 0');
      return isTaken;
    } catch (caught) {
      if (isLockTimeout(caught)) throw inUse();
      throw caught;
    }
  }
}

async function take(db: Queryable, request: OnceRequest): Promise<boolean> {
  return (await db.query(takeSql, [...idsOf(request), requestHashOf(request)])).length > 0;
}

async function replay(db: Queryable, request: OnceRequest): Promise<Reply & { isReplay: boolean }> {
  const [row] = await db.query<Row>(findSql, idsOf(request));
  if (row && row.request_hash !== requestHashOf(request)) throw new HomeroomError('idempotency_key_reused');
  if (!row?.status || !row.response) throw inUse();
  return { status: row.status, json: openReply(row.response, request.key), isReplay: true };
}

async function keep(db: Queryable, request: OnceRequest, { status, json }: Reply): Promise<void> {
  await db.query(keepSql, [...idsOf(request), status, sealReply(json, request.key)]);
}

function idsOf({ userId, key }: OnceRequest): string[] {
  return [userId, keyHashOf(userId, key)];
}

function requestHashOf({ request }: OnceRequest): string {
  return createHash('sha256').update(request).digest('base64url');
}

function inUse(): HomeroomError {
  return new HomeroomError('idempotency_key_in_use', undefined, { retryAfterS: 1 });
}

/** SQLSTATE 55P03, which the store takes for an outage, as it is for every other statement. */
function isLockTimeout(caught: unknown): boolean {
  const { cause } = toError(caught);
  return cause instanceof Error && 'code' in cause && cause.code === '55P03';
}
