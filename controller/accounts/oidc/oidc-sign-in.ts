/**
 * Signing in by an OpenID provider. Between its beginning and its end nothing is kept here: what must be remembered is
 * sealed and given to the browser that began it, so that any controller can end it, and no other browser.
 */
import { HomeroomError } from '@homeroom/protocol';
import * as v from 'valibot';
import type { Queryable } from '../../store/database.ts';
import type { Account } from '../authenticator.ts';
import type { ExternalPeople } from '../external/external-people.ts';
import type { Sealer } from '../second-step/sealer.ts';
import type { IdentityProvider, SignInFlow } from './identity-provider.ts';
import { type ClaimRules, personOfClaims } from './person-of-claims.ts';

/** Time to find a password, and the phone for the provider's second step. */
const lifetimeMs = 15 * 60_000;
const sealedFor = 'sign-in by an OpenID provider';
/** The page that the provider sends people back to; to be registered there. */
export const redirectPath = '/sign-in/oidc';

const sealedFlow = v.strictObject({
  state: v.string(),
  nonce: v.string(),
  verifier: v.string(),
  redirectUri: v.string(),
  expiresAtMs: v.number(),
});

const isOfProviderSql = `select 1 from users where id = $1 and source = 'oidc'`;

export interface OidcSignInOptions {
  readonly db: Queryable;
  readonly provider: IdentityProvider;
  readonly people: Pick<ExternalPeople, 'enter'>;
  readonly sealer: Pick<Sealer, 'seal' | 'open'>;
  readonly rules: ClaimRules;
  /** What stands on the button. */
  readonly name: string;
  /** The time of day in milliseconds. */
  readonly now?: () => number;
}

/** See the head of the file. */
export class OidcSignIn {
  readonly name: string;
  readonly #options: OidcSignInOptions;
  readonly #now: () => number;

  constructor(options: OidcSignInOptions) {
    this.name = options.name;
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Begin a sign-in.
   *
   * @param origin of the page that the person comes back to
   * @returns where to send the browser, and what it must bring back
   * @throws sign_in_provider_unavailable, sign_in_provider_invalid
   */
  async begin(origin: string): Promise<{ url: string; sealed: string; expiresAt: Date }> {
    const { provider, sealer } = this.#options;
    const { url, flow } = await provider.begin(`${origin}${redirectPath}`);
    const expiresAtMs = this.#now() + lifetimeMs;
    const sealed = sealer.seal(JSON.stringify({ ...flow, expiresAtMs }), sealedFor);
    return { url, sealed, expiresAt: new Date(expiresAtMs) };
  }

  /**
   * End a sign-in: who is it?
   *
   * @param sealed what the browser was given at the beginning
   * @param answer the query that the provider sent it back with
   * @throws sign_in_provider_over, sign_in_provider_refused, sign_in_provider_unavailable, sign_in_provider_invalid,
   *   account_disabled, last_admin
   */
  async finish(sealed: string, answer: string, address: string | null): Promise<Account> {
    const { provider, people, rules } = this.#options;
    const claims = await provider.finish(this.#open(sealed), new URLSearchParams(answer));
    return await people.enter(personOfClaims(claims, rules), address);
  }

  /**
   * @param origin of the page to come back to
   * @returns where to end the sign-in at the provider, too; undefined for whoever has no account there, where it is not
   *   offered, and while the provider is away: the sign-in here ends in any case
   */
  async signOutUrl(userId: string, origin: string): Promise<string | undefined> {
    const { db, provider } = this.#options;
    if ((await db.query(isOfProviderSql, [userId])).length === 0) return undefined;
    return await provider.signOutUrl(`${origin}/`).catch(() => undefined);
  }

  #open(sealed: string): SignInFlow {
    const { expiresAtMs, ...flow } = v.parse(sealedFlow, this.#read(sealed));
    if (expiresAtMs < this.#now()) throw new HomeroomError('sign_in_provider_over');
    return flow;
  }

  #read(sealed: string): unknown {
    try {
      return JSON.parse(this.#options.sealer.open(sealed, sealedFor));
    } catch (caught) {
      throw new HomeroomError('sign_in_provider_over', undefined, { cause: caught });
    }
  }
}
