/**
 * Who is who: how people come in, and who is behind a cookie or a bearer token.
 * A sign-in goes through three parts that know nothing of each other: the throttle, the authenticators (one after
 * the other, until one knows the user), and `SignIns`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { HomeroomError } from '@homeroom/protocol';
import type { Changes } from '../store/changes.ts';
import type { Database, Prepared } from '../store/database.ts';
import type { Account, PasswordAuthenticator, PasswordProof } from './authenticator.ts';
import { ensureFirstAccounts } from './first-accounts.ts';
import { LocalAuthenticator } from './local-authenticator.ts';
import { createSecret, hashSecret } from './secret-hash.ts';
import { type Attempt, SignInThrottle } from './sign-in-throttle.ts';
import { type NewSignIn, type SignInPlace, SignIns } from './sign-ins.ts';
import { type SignedIn, type SignedInRow, signedInColumns, userOf } from './signed-in.ts';

export type { NewSignIn } from './sign-ins.ts';
export type { SignedIn } from './signed-in.ts';

export interface SignInRequest extends SignInPlace, PasswordProof {}

const tokenPrefix = 'hr_';

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

const createTokenSql = `insert into api_tokens (user_id, secret_hash, note) values ($1, $2, $3)`;

export interface AccountsOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
  /** Asked in this order; our own table alone unless told otherwise. */
  readonly authenticators?: readonly PasswordAuthenticator[];
  /** A clock that never goes back, in milliseconds; tests turn it. */
  readonly now?: () => number;
  /** Holds an attempt up, for 5 s at most. */
  readonly wait?: (delayMs: number) => Promise<void>;
}

export class Accounts {
  readonly #db: Database;
  readonly #authenticators: readonly PasswordAuthenticator[];
  readonly #signIns: SignIns;
  readonly #throttle: SignInThrottle;
  readonly #wait: (delayMs: number) => Promise<void>;

  constructor({ db, changes, authenticators, now = () => performance.now(), wait = delay }: AccountsOptions) {
    this.#db = db;
    this.#authenticators = authenticators ?? [new LocalAuthenticator({ db })];
    this.#signIns = new SignIns({ db, changes });
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
    return await this.admit(await this.#verify(request), request);
  }

  /** Sign in who has proven who they are by other means than a password: the caller checked it. */
  async admit(account: Account, place: SignInPlace): Promise<NewSignIn> {
    return await this.#signIns.create(account, place);
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
  authenticate(cookie: string): Promise<SignedIn | undefined> {
    return this.#signIns.authenticate(cookie);
  }

  /** @returns whether the sign-in, or the bearer token, that {@link SignedIn.idHash} names still holds */
  async isSignedIn(idHash: string): Promise<boolean> {
    return (await this.#db.query(isSignedInSql, [idHash])).length > 0;
  }

  /** End a sign-in, and tell it, since streams end with it; an unknown cookie is no fault. */
  signOut(cookie: string): Promise<void> {
    return this.#signIns.remove(cookie);
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

  async #verify({ password, address, deviceId, ...request }: SignInRequest): Promise<Account> {
    const username = request.username.trim().toLowerCase();
    const attempt = { username, address, deviceId };
    await this.#throttled(attempt);
    const account = await this.#prove({ username, password });
    if (!account) throw new HomeroomError('sign_in_failed');
    this.#throttle.succeed(attempt);
    return account;
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

  /** A user belongs to one authenticator: whose user it is has the last word. */
  async #prove(proof: PasswordProof): Promise<Account | undefined> {
    for (const authenticator of this.#authenticators) {
      const verdict = await authenticator.verify(proof);
      if (verdict.kind === 'proven') return verdict.account;
      if (verdict.kind === 'wrong') return undefined;
    }
    return undefined;
  }
}
