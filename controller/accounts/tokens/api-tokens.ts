/**
 * Bearer tokens of people, for scripts. Rules:
 * - only the hash is stored; the token is told once, by what made it;
 * - a token never may more than its user at that moment, and never more than its scopes;
 * - a token that makes a token gives it no further scope and no longer life than its own, so that whoever takes one
 *   gains nothing by it;
 * - a withdrawn token stays in the list, so that one sees what it was.
 */
import { type ApiToken, HomeroomError } from '@homeroom/protocol';
import type { Actor } from '../../store/actor.ts';
import { record } from '../../store/audit.ts';
import type { Changes } from '../../store/changes.ts';
import type { Database, Prepared } from '../../store/database.ts';
import { type Page, type PageRequest, readPage } from '../../store/page.ts';
import { isUuid } from '../../store/uuid.ts';
import { createSecret, hashSecret } from '../secret-hash.ts';
import { type SignedIn, type SignedInRow, signedInColumns, userOf } from '../signed-in.ts';
import { covers } from './scopes.ts';

const tokenPrefix = 'hr_';
/** How old `last_used_at` may be: a busy script must not write with each request. */
const useNotedEvery = '5 minutes';

/** A row of `api_tokens t` that still opens something. */
export const tokenIsGood = 't.withdrawn_at is null and (t.expires_at is null or t.expires_at > now())';

const authenticateSql: Prepared = {
  name: 'api-tokens.authenticate',
  text: `
select ${signedInColumns}, t.scopes, t.id as token_id,
  t.last_used_at is null or t.last_used_at < now() - interval '${useNotedEvery}' as is_stale
from api_tokens t join users u on u.id = t.user_id
where t.secret_hash = $1 and ${tokenIsGood} and u.disabled_at is null`,
};

const noteUseSql = `
update api_tokens set last_used_at = now()
where id = $1 and (last_used_at is null or last_used_at < now() - interval '${useNotedEvery}')`;

const columns = `t.id, t.user_id, u.username, t.note, t.scopes, t.created_at, t.expires_at, t.last_used_at, t.withdrawn_at`;

/** The maker's own end bounds that of what it makes; `least` passes over nulls. */
const createSql = `
with made as (
  insert into api_tokens (user_id, secret_hash, note, scopes, expires_at)
  values ($1, $2, $3, $4, least(
    now() + make_interval(secs => $5::integer),
    (select expires_at from api_tokens where secret_hash = $6)))
  returning *
)
select ${columns} from made t join users u on u.id = t.user_id`;

const listSql = `
select ${columns} from api_tokens t join users u on u.id = t.user_id where $1::uuid is null or t.user_id = $1`;

const withdrawSql = `
update api_tokens t set withdrawn_at = coalesce(withdrawn_at, now())
where id = $1 and ($2::uuid is null or user_id = $2) returning user_id, note`;

interface TokenRow {
  readonly id: string;
  readonly user_id: string;
  readonly username: string;
  readonly note: string | null;
  readonly scopes: string[];
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly withdrawn_at: Date | null;
}

export interface NewToken {
  readonly userId: string;
  readonly note: string;
  readonly scopes: readonly string[];
  /** Null for one that is good until it is withdrawn: Homeroom's own, on the controller's machine. */
  readonly expiresInS: number | null;
  /** The token that asks for it; null for a person in a browser, and for Homeroom itself. */
  readonly madeBy: SignedIn | null;
}

/** See the head of the file. */
export class ApiTokens {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @returns whose token this is and what it may do, or undefined when it is unknown, withdrawn or over. */
  async authenticate(token: string): Promise<SignedIn | undefined> {
    if (!token.startsWith(tokenPrefix)) return undefined;
    const idHash = hashSecret(token);
    const [row] = await this.#db.query<
      SignedInRow & { scopes: string[]; token_id: string; is_stale: boolean }
    >(authenticateSql, [idHash]);
    if (!row) return undefined;
    if (row.is_stale) await this.#db.query(noteUseSql, [row.token_id]);
    return { user: userOf(row), deviceId: null, csrfToken: '', idHash, scopes: row.scopes };
  }

  /**
   * Make a token.
   *
   * @returns it, with the token itself, which cannot be told again
   * @throws scope_missing when `madeBy` may not do all that
   */
  async create(request: NewToken, actor: Actor): Promise<ApiToken & { token: string }> {
    const { userId, note, scopes, expiresInS, madeBy } = request;
    if (madeBy?.scopes && !covers(madeBy.scopes, scopes)) {
      throw new HomeroomError('scope_missing', 'a token makes no token that may do more than itself');
    }
    const token = `${tokenPrefix}${createSecret()}`;
    const values = [
      userId,
      hashSecret(token),
      note,
      [...new Set(scopes)],
      expiresInS,
      madeBy?.idHash ?? null,
    ];
    const made = await this.#db.transaction(async (tx) => {
      const [row] = await tx.query<TokenRow>(createSql, values);
      if (!row) throw new HomeroomError('internal', 'the new token was not returned');
      const { userId: id, username, address } = actor;
      const after = { note, scopes, user: userId, expiresAt: row.expires_at };
      await record(tx, {
        actor: { id, username },
        action: 'token.create',
        subject: row.id,
        after,
        address,
      });
      return toApiToken(row);
    });
    this.#changes.announce({ kind: 'token', id: made.id });
    return { ...made, token };
  }

  /** @param userId of everybody when null @returns a page of tokens, withdrawn and over ones too, the latest first */
  page(userId: string | null, page: PageRequest): Promise<Page<ApiToken>> {
    return readPage<TokenRow, ApiToken>(this.#db, {
      sql: listSql,
      values: [userId],
      page,
      order: 'newest-first',
      toItem: toApiToken,
    });
  }

  /**
   * Withdraw a token; doing it twice is no fault. What it has open ends.
   *
   * @param ownerId whose it must be; anybody's when null
   * @throws not_found
   */
  async withdraw(id: string, ownerId: string | null, actor: Actor): Promise<void> {
    if (!isUuid(id)) throw new HomeroomError('not_found');
    const owner = await this.#db.transaction(async (tx) => {
      const [row] = await tx.query<{ user_id: string; note: string | null }>(withdrawSql, [id, ownerId]);
      if (!row) throw new HomeroomError('not_found');
      const { userId, username, address } = actor;
      const before = { note: row.note, user: row.user_id };
      const who = { id: userId, username };
      await record(tx, { actor: who, action: 'token.withdraw', subject: id, before, address });
      return row.user_id;
    });
    this.#changes.announce({ kind: 'token', id });
    this.#changes.announce({ kind: 'user', id: owner });
  }
}

function toApiToken(row: TokenRow): ApiToken {
  return {
    id: row.id,
    user: row.user_id,
    username: row.username,
    note: row.note,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  };
}
