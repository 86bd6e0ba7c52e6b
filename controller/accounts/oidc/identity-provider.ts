/** What is asked of an OpenID provider; the adapter is `openid-provider.ts`. */

/** What one sign-in must be remembered by, from its beginning to its end. A secret of the browser that began it. */
export interface SignInFlow {
  /** Comes back with the answer: it belongs to this browser's question. */
  readonly state: string;
  /** Comes back within the ID token: it was made for this sign-in (OpenID Connect Core 3.1.2.1). */
  readonly nonce: string;
  /** Proves that whoever brings the code also asked for it (RFC 7636). */
  readonly verifier: string;
  readonly redirectUri: string;
}

/** What a provider says of a person. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

export interface IdentityProvider {
  /**
   * @returns where the browser goes to, and what to remember meanwhile
   * @throws sign_in_provider_unavailable, sign_in_provider_invalid
   */
  begin(redirectUri: string): Promise<{ url: string; flow: SignInFlow }>;
  /**
   * Check what the browser brought back, and ask who it is. Good once: the provider takes a code only once.
   *
   * @param answer the query of the redirect address
   * @throws sign_in_provider_over, sign_in_provider_refused, sign_in_provider_unavailable, sign_in_provider_invalid
   */
  finish(flow: SignInFlow, answer: URLSearchParams): Promise<Claims>;
  /** @returns where a browser ends its sign-in at the provider, too; undefined where that is not offered */
  signOutUrl(returnTo: string): Promise<string | undefined>;
}
