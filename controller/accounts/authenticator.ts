/**
 * How a person proves who they are, apart from what a sign-in is: an authenticator knows of no cookie, no second
 * step, no throttle and no audit log; `SignIns` knows of no password.
 * Where the proof is not a password (a browser that comes back from an OpenID provider), there is no port to ask:
 * whoever checked it calls `Accounts.proceed` with the user who was proven.
 */
import type { SignedIn } from './signed-in.ts';

/** A user of ours who may sign in. */
export type Account = SignedIn['user'];

/** What a person typed; the user name is trimmed and in small letters. */
export interface PasswordProof {
  readonly username: string;
  readonly password: string;
}

/**
 * What an authenticator makes of a proof:
 * - `proven`: this is the user;
 * - `wrong`: the user is this authenticator's, but that is not their password, or they may not sign in;
 * - `unknown`: the user is none of its own, so another authenticator may know them.
 */
export type Verdict =
  | { readonly kind: 'proven'; readonly account: Account }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'unknown' };

/** Somebody who knows people by user name and password: our own table, a directory. */
export interface PasswordAuthenticator {
  /** In `users.source`; a user belongs to one authenticator alone. */
  readonly source: 'local' | 'ldap';
  /**
   * Check a password. May be repeated; takes as long for a user it does not know as for a wrong password.
   *
   * @throws database_unavailable, or a code of its own when whoever it asks does not answer
   */
  verify(proof: PasswordProof): Promise<Verdict>;
}
