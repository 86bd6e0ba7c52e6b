import { timingSafeEqual } from 'node:crypto';
import {
  type CreateJoinTokenRequest,
  HomeroomError,
  type JoinTokenResource,
  toError,
} from '@homeroom/protocol';
import {
  createJoinSecret,
  formatJoinToken,
  joinTokenId,
  joinTokenProof,
  joinTokenSecretHash,
} from '@homeroom/protocol/join-token';
import type { Logger } from 'pino';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';
import { usableToken } from './device-credentials.ts';
import type { BrokerCredentials } from './ports.ts';

export interface JoinTokensOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly brokerCredentials: BrokerCredentials;
  /** The fingerprint that every token carries. */
  readonly caSha256: string;
  readonly logger: Logger;
  readonly sweepMs?: number;
}

/** What a device shows of its token. */
export interface TokenProof {
  readonly id: string;
  readonly proof: string;
}

interface Row {
  readonly id: string;
  readonly note: string | null;
  readonly room_id: string | null;
  readonly may_host: boolean;
  readonly uses_left: number | null;
  readonly expires_at: Date | null;
  readonly withdrawn_at: Date | null;
  readonly created_at: Date;
}

const columns = 'id, note, room_id, may_host, uses_left, expires_at, withdrawn_at, created_at';

/** Join tokens: what lets new devices in. Only the hash of a secret is kept. */
export class JoinTokens {
  readonly #options: JoinTokensOptions;
  readonly #closed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: JoinTokensOptions) {
    this.#options = options;
  }

  /** Begin to take tokens that can no longer be used from the broker. */
  start(): void {
    this.#timer = setInterval(() => void this.sweep(), this.#options.sweepMs ?? 60_000);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** @returns newest first; without the tokens themselves @throws database_unavailable */
  page(page: PageRequest): Promise<Page<JoinTokenResource>> {
    const sql = `select ${columns} from join_tokens`;
    return readPage(this.#options.db, { sql, page, order: 'newest-first', toItem: toResource });
  }

  /**
   * @returns the new token, whole; it cannot be told again
   * @throws not_found when there is no such room, database_unavailable, broker_unavailable
   */
  async create(request: CreateJoinTokenRequest, actor: Actor): Promise<JoinTokenResource> {
    const { changes, brokerCredentials, caSha256 } = this.#options;
    if (request.room !== undefined && !isUuid(request.room)) throw new HomeroomError('not_found');
    const secret = createJoinSecret();
    const id = joinTokenId(secret);
    const row = await this.#insert(id, joinTokenSecretHash(secret), request, actor);
    await brokerCredentials.putClaim(id, secret);
    changes.announce({ kind: 'join-token', id });
    return { ...toResource(row), token: formatJoinToken({ caSha256, secret }) };
  }

  /** Let no more devices in by a token. Repeating it changes nothing. @throws not_found, database_unavailable */
  async withdraw(id: string, actor: Actor): Promise<void> {
    const { db, changes, brokerCredentials } = this.#options;
    await db.transaction(async (tx) => {
      const sql =
        'update join_tokens set withdrawn_at = coalesce(withdrawn_at, now()) where id = $1 returning id';
      if ((await tx.query(sql, [id])).length === 0) throw new HomeroomError('not_found');
      await audit(tx, 'join-token.withdraw', id, actor);
    });
    await brokerCredentials.removeClaim(id);
    changes.announce({ kind: 'join-token', id });
  }

  /** @returns whether a device holds a token that can be used @throws database_unavailable */
  async isUsable(token: TokenProof, nonce: string, device: string): Promise<boolean> {
    const sql = `select secret_hash from join_tokens where id = $1 and ${usableToken}`;
    const [row] = await this.#options.db.query<{ secret_hash: string }>(sql, [token.id]);
    if (!row) return false;
    const expected = Buffer.from(joinTokenProof(row.secret_hash, nonce, device), 'hex');
    const shown = Buffer.from(token.proof, 'hex');
    return shown.length === expected.length && timingSafeEqual(shown, expected);
  }

  /** Tell the broker of tokens that expired or were used up. */
  async sweep(): Promise<void> {
    const { db, brokerCredentials, logger } = this.#options;
    try {
      const rows = await db.query<{ id: string }>(`select id from join_tokens where not (${usableToken})`);
      for (const { id } of rows.filter((row) => !this.#closed.has(row.id))) {
        await brokerCredentials.removeClaim(id);
        this.#closed.add(id);
      }
    } catch (caught) {
      logger.warn({ err: toError(caught) }, 'expired join tokens could not be taken from the broker');
    }
  }

  async #insert(id: string, hash: string, request: CreateJoinTokenRequest, actor: Actor): Promise<Row> {
    const { note = null, room = null, host = false, uses = null, expiresInS = null } = request;
    try {
      return await this.#options.db.transaction(async (tx) => {
        const [row] = await tx.query<Row>(
          `insert into join_tokens (id, secret_hash, note, room_id, uses_left, expires_at, created_by, may_host)
           values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6), $7, $8) returning ${columns}`,
          [id, hash, note, room, uses, expiresInS, actor.userId, host],
        );
        if (!row) throw new HomeroomError('internal', 'the new token was not returned');
        await audit(tx, 'join-token.create', id, actor, { note, room, host, uses, expiresInS });
        return row;
      });
    } catch (caught) {
      if (violationOf(caught)?.kind !== 'foreign-key') throw caught;
      throw new HomeroomError('not_found', 'There is no such room.', { cause: caught });
    }
  }
}

/** What a device gets by a token. */
export interface RedeemedToken {
  readonly room: string | null;
  readonly mayHost: boolean;
  readonly createdAt: Date;
  readonly createdBy: string | null;
}

const redeemSql = `
update join_tokens set uses_left = uses_left - 1 where id = $1 and ${usableToken}
returning room_id as room, may_host as "mayHost", created_at as "createdAt", created_by as "createdBy"`;

/**
 * Use a token once, within the transaction that lets the device in.
 *
 * @returns what the token brings: a room, if it names one, and whether it makes hosts
 * @throws join_token_wrong when it was used up or withdrawn meanwhile
 */
export async function redeemToken(tx: Queryable, id: string): Promise<RedeemedToken> {
  const [row] = await tx.query<RedeemedToken>(redeemSql, [id]);
  if (!row) throw new HomeroomError('join_token_wrong');
  return row;
}

function audit(
  tx: Queryable,
  action: string,
  id: string,
  { userId, username, address }: Actor,
  after?: Record<string, unknown>,
) {
  return record(tx, { actor: { id: userId, username }, action, subject: id, after, address });
}

function toResource(row: Row): JoinTokenResource {
  return {
    id: row.id,
    note: row.note,
    room: row.room_id,
    host: row.may_host,
    usesLeft: row.uses_left,
    expiresAt: row.expires_at?.toISOString() ?? null,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
