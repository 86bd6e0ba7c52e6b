/**
 * Who is who: sign-in by password, by cookie and by bearer token.
 * Cookies and tokens are random; only their hashes are stored.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { HomeroomError } from '@homeroom/protocol';
import type { Changes } from '../store/changes.ts';
import type { Database, Prepared } from '../store/database.ts';
import { ensureFirstAccounts } from './first-accounts.ts';
import { decoyHash, isPassword } from './password-hash.ts';
import { createSecret, hashSecret } from './secret-hash.ts';
import { type Attempt, SignInThrottle } from './sign-in-throttle.ts';
import { type SignedIn, type SignedInRow, signedInColumns, userOf } from './signed-in.ts';

export type { SignedIn } from './signed-in.ts';

export interface SignInRequest {
  readonly username: string;
  readonly password: string;
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

const tokenPrefix = 'hr_';
/** A school day; kiosk sign-ins end sooner, with the session. */
const lifetime = '12 hours';

const findUserSql: Prepared = {
  name: 'accounts.find-user',
  text: `
select ${signedInColumns}, u.password_hash from users u where u.username = $1 and u.disabled_at is null`,
};

/** Written down in the same statement: no sign-in without its line, and no second round trip. */
const createSignInSql: Prepared = {
  name: 'accounts.create-sign-in',
  text: `
with made as (
  insert into sign_ins (id_hash, user_id, device_id, csrf_token, expires_at)
  values ($1, $2, $3, $4, now() + interval '${lifetime}') returning expires_at
), logged as (
  insert into audit_log (actor_id, actor, action, subject, address) values ($2, $5, 'user.sign-in', $3, $6)
)
select expires_at from made`,
};

const authenticateSql: Prepared = {
  name: 'accounts.authenticate',
  text: `
select ${signedInColumns}, s.device_id, s.csrf_token
from sign_ins s join users u on u.id = s.user_id
where s.id_hash = $1 and s.expires_at > now() and u.disabled_at is null`,
};

const authenticateBearerSql: Prepared = {
  name: 'accounts.authenticate-bearer',
  text: `
select ${signedInColumns}
from api_tokens t join users u on u.id = t.user_id
where t.secret_hash = $1 and (t.expires_at is null or t.expires_at > now()) and u.disabled_at is null`,
};

/** By the hash alone, for who was let in before and may not be any more. */
const isSignedInSql: Prepared = {
  name: 'accounts.is-signed-in',
  text: `
select u.id from users u join (
  select user_id from sign_ins where id_hash = $1 and expires_at > now()
  union all
  select user_id from api_tokens where secret_hash = $1 and (expires_at is null or expires_at > now())
) held on held.user_id = u.id where u.disabled_at is null`,
};

const signOutSql = 'delete from sign_ins where id_hash = $1 returning user_id';

const createTokenSql = `insert into api_tokens (user_id, secret_hash, note) values ($1, $2, $3)`;

export interface AccountsOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
  /** A clock that never goes back, in milliseconds; tests turn it. */
  readonly now?: () => number;
  /** Holds an attempt up, for 5 s at most. */
  readonly wait?: (delayMs: number) => Promise<void>;
}

export class Accounts {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;
  readonly #throttle: SignInThrottle;
  readonly #wait: (delayMs: number) => Promise<void>;

  constructor({ db, changes, now = () => performance.now(), wait = delay }: AccountsOptions) {
    this.#db = db;
    this.#changes = changes;
    this.#wait = wait;
    this.#throttle = new SignInThrottle(now);
  }

  /**
   * Sign in by password. An unknown user takes as long as a wrong password.
   *
   * @returns the cookie's value, which is not stored and cannot be told again
   * @throws sign_in_failed; sign_in_throttled with `retryAfterS`; database_unavailable
   */
  async signIn(request: SignInRequest): Promise<NewSignIn> {
    return await this.#create(await this.#verify(request), request);
  }

  /**
   * Ask for the password of somebody who is signed in already; guesses count as those at sign-in do.
   *
   * @throws as {@link signIn}
   */
  async checkPassword(request: SignInRequest): Promise<void> {
    await this.#verify(request);
  }

  /** @returns who holds this cookie, or undefined when it is unknown or has expired. */
  async authenticate(cookie: string): Promise<SignedIn | undefined> {
    const idHash = hashSecret(cookie);
    const [row] = await this.#db.query<SignedInRow & { device_id: string | null; csrf_token: string }>(
      authenticateSql,
      [idHash],
    );
    return row && { user: userOf(row), deviceId: row.device_id, csrfToken: row.csrf_token, idHash };
  }

  /** @returns whether the sign-in, or the bearer token, that {@link SignedIn.idHash} names still holds */
  async isSignedIn(idHash: string): Promise<boolean> {
    return (await this.#db.query(isSignedInSql, [idHash])).length > 0;
  }

  /** End a sign-in, and tell it, since streams end with it; an unknown cookie is no fault. */
  async signOut(cookie: string): Promise<void> {
    const rows = await this.#db.query<{ user_id: string }>(signOutSql, [hashSecret(cookie)]);
    for (const { user_id: id } of rows) this.#changes.announce({ kind: 'user', id });
  }

  /** @returns whose token this is, or undefined when it is unknown or has expired. */
  async authenticateBearer(token: string): Promise<SignedIn | undefined> {
    if (!token.startsWith(tokenPrefix)) return undefined;
    const idHash = hashSecret(token);
    const [row] = await this.#db.query<SignedInRow>(authenticateBearerSql, [idHash]);
    return row && { user: userOf(row), deviceId: null, csrfToken: '', idHash };
  }

  /** @returns a new bearer token, `hr_…`; it is not stored and cannot be told again. */
  async createToken(userId: string, note: string): Promise<string> {
    const token = `${tokenPrefix}${createSecret()}`;
    await this.#db.query(createTokenSql, [userId, hashSecret(token), note]);
    return token;
  }

  /** See `first-accounts.ts`. */
  ensureFirstAccounts(firstPassword?: string): Promise<{ username: string; password: string }[]> {
    return ensureFirstAccounts(this.#db, firstPassword);
  }

  async #verify({ password, address, deviceId, ...request }: SignInRequest): Promise<SignedInRow> {
    const username = request.username.trim().toLowerCase();
    const attempt = { username, address, deviceId };
    await this.#throttled(attempt);
    const row = await this.#findByPassword(username, password);
    if (!row) throw new HomeroomError('sign_in_failed');
    this.#throttle.succeed(attempt);
    return row;
  }

  /** @throws sign_in_throttled */
  async #throttled(attempt: Attempt): Promise<void> {
    const verdict = this.#throttle.begin(attempt);
    if (!verdict.isAdmitted) {
      const retryAfterS = Math.ceil(verdict.retryAfterMs / 1_000);
      throw new HomeroomError('sign_in_throttled', `try again in ${retryAfterS} s`, { retryAfterS });
    }
    if (verdict.delayMs > 0) await this.#wait(verdict.delayMs);
  }

  async #findByPassword(username: string, password: string): Promise<SignedInRow | undefined> {
    const [row] = await this.#db.query<SignedInRow & { password_hash: string | null }>(findUserSql, [
      username,
    ]);
    const isRight = await isPassword(password, row?.password_hash ?? decoyHash);
    return isRight ? row : undefined;
  }

  async #create(row: SignedInRow, { deviceId, address }: SignInRequest): Promise<NewSignIn> {
    const cookie = createSecret();
    const idHash = hashSecret(cookie);
    const csrfToken = createSecret();
    const [made] = await this.#db.query<{ expires_at: Date }>(createSignInSql, [
      idHash,
      row.id,
      deviceId,
      csrfToken,
      row.username,
      address,
    ]);
    if (!made) throw new HomeroomError('internal', 'the new sign-in was not returned');
    return {
      cookie,
      expiresAt: made.expires_at,
      signedIn: { user: userOf(row), deviceId, csrfToken, idHash },
    };
  }
}
