/**
 * Who is who: how people come in, and who is behind a cookie or a bearer token.
 * A sign-in goes through three parts that know nothing of each other: the throttle, the authenticators (one after
 * the other, until one knows the user), and `SignIns`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { HomeroomError, type SecondStepEnrolment } from '@homeroom/protocol';
import { systemActor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Prepared } from '../store/database.ts';
import type { Account, PasswordAuthenticator, PasswordProof } from './authenticator.ts';
import { ensureFirstAccounts } from './first-accounts.ts';
import { LocalAuthenticator } from './local-authenticator.ts';
import type { SecondSteps } from './second-step/second-steps.ts';
import { type Attempt, SignInThrottle } from './sign-in-throttle.ts';
import { type NewSignIn, type SignInPlace, SignIns } from './sign-ins.ts';
import type { SignedIn } from './signed-in.ts';
import { ApiTokens, tokenIsGood } from './tokens/api-tokens.ts';

export type { NewSignIn } from './sign-ins.ts';
export type { SignedIn } from './signed-in.ts';

export interface SignInRequest extends SignInPlace, PasswordProof {}

/** By the hash alone, for who was let in before and may not be any more. */
const isSignedInSql: Prepared = {
  name: 'accounts.is-signed-in',
  text: `
select u.id from users u join (
  select user_id from sign_ins where id_hash = $1 and expires_at > now()
  union all
  select user_id from api_tokens t where secret_hash = $1 and ${tokenIsGood}
) held on held.user_id = u.id where u.disabled_at is null`,
};

export interface AccountsOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
  /** Asks teachers and admins for a code; nobody is asked where it is absent. */
  readonly secondSteps?: SecondSteps;
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
  readonly #tokens: ApiTokens;
  readonly #secondSteps: SecondSteps | undefined;
  readonly #throttle: SignInThrottle;
  readonly #wait: (delayMs: number) => Promise<void>;

  constructor(options: AccountsOptions) {
    const { db, changes, authenticators, now = () => performance.now(), wait = delay } = options;
    this.#db = db;
    this.#secondSteps = options.secondSteps;
    this.#authenticators = authenticators ?? [new LocalAuthenticator({ db })];
    this.#signIns = new SignIns({ db, changes });
    this.#tokens = new ApiTokens({ db, changes });
    this.#wait = wait;
    this.#throttle = new SignInThrottle(now);
  }

  /**
   * Sign in by password. An unknown user takes as long as a wrong password.
   *
   * @returns the cookie's value, which is not stored and cannot be told again
   * @throws SecondStepRequired with a ticket for {@link passSecondStep}; sign_in_failed; sign_in_throttled with
   *   `retryAfterS`; database_unavailable
   */
  async signIn(request: SignInRequest): Promise<NewSignIn> {
    return await this.proceed(await this.#verify(request), request);
  }

  /**
   * Go on with who has proven who they are, here or elsewhere: a code is asked for where one is owed.
   *
   * @throws SecondStepRequired with a ticket for {@link passSecondStep}
   */
  async proceed(account: Account, place: SignInPlace): Promise<NewSignIn> {
    await this.#secondSteps?.demand(account, place);
    return await this.admit(account, place);
  }

  /**
   * Set a second step up, for who must have one: makes the secret whose code {@link passSecondStep} then takes.
   *
   * @throws second_step_over, second_step_set
   */
  async beginSecondStep(ticket: string, place: SignInPlace): Promise<SecondStepEnrolment> {
    if (!this.#secondSteps) throw new HomeroomError('second_step_over');
    return await this.#secondSteps.begin(ticket, place);
  }

  /**
   * End a sign-in that owed a code.
   *
   * @returns recovery codes too when the second step was set up by it; they cannot be told again
   * @throws second_step_wrong, second_step_over, sign_in_throttled
   */
  async passSecondStep(
    { ticket, code }: { ticket: string; code: string },
    place: SignInPlace,
  ): Promise<NewSignIn & { recoveryCodes?: readonly string[] }> {
    if (!this.#secondSteps) throw new HomeroomError('second_step_over');
    const { account, recoveryCodes } = await this.#secondSteps.pass(ticket, code, place);
    const made = await this.admit(account, place);
    return recoveryCodes ? { ...made, recoveryCodes } : made;
  }

  /**
   * Sign in who needs no further proof: the caller checked it, and no code is asked for.
   */
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

  /** @returns whose token this is, or undefined when it is unknown, withdrawn or over. */
  authenticateBearer(token: string): Promise<SignedIn | undefined> {
    return this.#tokens.authenticate(token);
  }

  /** @returns a new bearer token for Homeroom's own use: everything that its user may, until it is withdrawn. */
  async createToken(userId: string, note: string): Promise<string> {
    const request = { userId, note, scopes: ['*'], expiresInS: null, madeBy: null };
    return (await this.#tokens.create(request, systemActor)).token;
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
