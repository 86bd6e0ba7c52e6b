/**
 * What a sign-in is: a row, and the cookie that names it. Whoever has one has proven who they are already.
 * The cookie is random; only its hash is stored.
 */
import { HomeroomError } from '@homeroom/protocol';
import type { Changes } from '../store/changes.ts';
import type { Database, Prepared, Queryable } from '../store/database.ts';
import { Gathered } from '../store/gathered.ts';
import type { Account } from './authenticator.ts';
import { createSecret, hashSecret } from './secret-hash.ts';
import { type SignedIn, type SignedInRow, signedInColumns, userOf } from './signed-in.ts';

/** Where somebody signs in. */
export interface SignInPlace {
  /** Where the request came from; null when nobody can tell. */
  readonly address: string | null;
  /** The kiosk where the user stands: the sign-in ends with the session there. */
  readonly deviceId: string | null;
}

export interface NewSignIn {
  readonly cookie: string;
  readonly expiresAt: Date;
  readonly signedIn: SignedIn;
}

/** A school day; kiosk sign-ins end sooner, with the session. */
const lifetime = '12 hours';

/** Written down in the same statement: no sign-in without its line, and no second round trip. */
const createSql: Prepared = {
  name: 'sign-ins.create',
  text: `
with made as (
  insert into sign_ins (id_hash, user_id, device_id, csrf_token, expires_at)
  values ($1, $2, $3, $4, now() + interval '${lifetime}') returning expires_at
), seen as (
  update users set last_sign_in_at = now() where id = $2
), logged as (
  insert into audit_log (actor_id, actor, action, subject, address) values ($2, $5, 'user.sign-in', $3, $6)
)
select expires_at from made`,
};

/**
 * The array comes by a `select`, so that its length is no reason to plan the statement anew each time; each is looked
 * up by itself, or the planner would read the whole table for a few of a small school.
 */
const authenticateSql: Prepared = {
  name: 'sign-ins.authenticate',
  text: `
select holder.* from unnest((select $1::text[])) as asked (id_hash) cross join lateral (
  select ${signedInColumns}, s.device_id, s.csrf_token, s.id_hash
  from sign_ins s join users u on u.id = s.user_id
  where s.id_hash = asked.id_hash and s.expires_at > now() and u.disabled_at is null limit 1
) holder`,
};

type HolderRow = SignedInRow & {
  readonly device_id: string | null;
  readonly csrf_token: string;
  readonly id_hash: string;
};

const removeSql = 'delete from sign_ins where id_hash = $1 returning user_id';

/** Sign-ins of people, by cookie. */
export class SignIns {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;
  /** Every request asks it: a class that comes at once is one question. */
  readonly #holders: Gathered<string, HolderRow | undefined>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
    this.#holders = new Gathered((idHashes) => findHolders(db, idHashes));
  }

  /**
   * Sign in who has proven who they are.
   *
   * @returns the cookie's value, which is not stored and cannot be told again
   */
  async create(account: Account, { deviceId, address }: SignInPlace): Promise<NewSignIn> {
    const cookie = createSecret();
    const idHash = hashSecret(cookie);
    const csrfToken = createSecret();
    const values = [idHash, account.id, deviceId, csrfToken, account.username, address];
    const [made] = await this.#db.query<{ expires_at: Date }>(createSql, values);
    if (!made) throw new HomeroomError('internal', 'the new sign-in was not returned');
    return {
      cookie,
      expiresAt: made.expires_at,
      signedIn: { user: account, deviceId, csrfToken, idHash },
    };
  }

  /** @returns who holds this cookie, or undefined when it is unknown or has expired. */
  async authenticate(cookie: string): Promise<SignedIn | undefined> {
    const idHash = hashSecret(cookie);
    const row = await this.#holders.ask(idHash);
    return row && { user: userOf(row), deviceId: row.device_id, csrfToken: row.csrf_token, idHash };
  }

  /** End a sign-in, and tell it, since streams end with it; an unknown cookie is no fault. */
  async remove(cookie: string): Promise<void> {
    const rows = await this.#db.query<{ user_id: string }>(removeSql, [hashSecret(cookie)]);
    for (const { user_id: id } of rows) this.#changes.announce({ kind: 'user', id });
  }
}

/** @returns who holds each cookie, in the order of the hashes; undefined for one that is unknown or has expired */
async function findHolders(db: Queryable, idHashes: readonly string[]): Promise<(HolderRow | undefined)[]> {
  const rows = await db.query<HolderRow>(authenticateSql, [idHashes]);
  const byHash = new Map(rows.map((row) => [row.id_hash, row]));
  return idHashes.map((idHash) => byHash.get(idHash));
}
