/**
 * An OpenID provider by discovery: the authorization code flow with PKCE, state and nonce. What discovery told is kept
 * for some minutes; the keys are asked for at each sign-in, so that a provider may change them at any moment.
 */
import { timingSafeEqual } from 'node:crypto';
import { HomeroomError } from '@homeroom/protocol';
import * as client from 'openid-client';
import type { Claims, IdentityProvider, SignInFlow } from './identity-provider.ts';
import { providerFaultOf } from './provider-fault.ts';

const timeoutS = 5;
const discoveryMaxAgeMs = 10 * 60_000;
/** Clocks of schools differ by some seconds; a minute is what NTP never lets happen. */
const clockToleranceS = 60;

export interface OpenIdProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a public client. */
  readonly clientSecret: string | undefined;
  /** Besides `openid`. */
  readonly scopes: readonly string[];
  /** A clock that never goes back, in milliseconds. */
  readonly now?: () => number;
}

/** See the port. */
export class OpenIdProvider implements IdentityProvider {
  readonly #options: OpenIdProviderOptions;
  readonly #now: () => number;
  #discovered: { readonly metadata: client.ServerMetadata; readonly atMs: number } | undefined;

  constructor(options: OpenIdProviderOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  async begin(redirectUri: string): Promise<{ url: string; flow: SignInFlow }> {
    return await this.#asking(async (configuration) => {
      const verifier = client.randomPKCECodeVerifier();
      const flow = { state: client.randomState(), nonce: client.randomNonce(), verifier, redirectUri };
      const url = client.buildAuthorizationUrl(configuration, {
        scope: ['openid', ...this.#options.scopes].join(' '),
        redirect_uri: redirectUri,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { url: webAddress(url), flow };
    });
  }

  async finish(flow: SignInFlow, answer: URLSearchParams): Promise<Claims> {
    if (!isSame(answer.get('state') ?? '', flow.state)) throw new HomeroomError('sign_in_provider_over');
    return await this.#asking(async (configuration) => {
      const url = new URL(flow.redirectUri);
      url.search = answer.toString();
      const tokens = await client.authorizationCodeGrant(configuration, url, {
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        pkceCodeVerifier: flow.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new HomeroomError('sign_in_provider_invalid', 'there was no ID token');
      if (configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
      const more = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      return { ...more, ...claims };
    });
  }

  async signOutUrl(returnTo: string): Promise<string | undefined> {
    return await this.#asking(async (configuration) => {
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
      return webAddress(client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: returnTo }));
    });
  }

  /** @throws the fault in the catalogue's words */
  async #asking<T>(ask: (configuration: client.Configuration) => Promise<T>): Promise<T> {
    try {
      return await ask(await this.#configuration());
    } catch (caught) {
      throw providerFaultOf(caught);
    }
  }

  async #configuration(): Promise<client.Configuration> {
    const { clientId } = this.#options;
    const metadata = await this.#discover();
    const configuration = new client.Configuration(
      metadata,
      clientId,
      this.#clientMetadata,
      this.#authentication,
    );
    configuration.timeout = timeoutS;
    for (const execute of this.#execute) execute(configuration);
    // The signature is checked even where TLS alone would do (OpenID Connect Core 3.1.3.7, 6).
    client.enableNonRepudiationChecks(configuration);
    return configuration;
  }

  async #discover(): Promise<client.ServerMetadata> {
    const known = this.#discovered;
    if (known && this.#now() - known.atMs < discoveryMaxAgeMs) return known.metadata;
    const { issuer, clientId } = this.#options;
    const found = await client.discovery(
      new URL(issuer),
      clientId,
      this.#clientMetadata,
      this.#authentication,
      {
        timeout: timeoutS,
        execute: [...this.#execute],
      },
    );
    const metadata = found.serverMetadata();
    this.#discovered = { metadata, atMs: this.#now() };
    return metadata;
  }

  get #clientMetadata(): Partial<client.ClientMetadata> {
    return { [client.clockTolerance]: clockToleranceS };
  }

  get #authentication(): client.ClientAuth {
    const { clientSecret } = this.#options;
    if (clientSecret === undefined) return client.None();
    // Every provider must take this one (OpenID Connect Core 9), unless it says otherwise.
    return (server, ...rest) => {
      const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
      const isBasic = methods.includes('client_secret_basic') || !methods.includes('client_secret_post');
      const method = isBasic ? client.ClientSecretBasic : client.ClientSecretPost;
      return method(clientSecret)(server, ...rest);
    };
  }

  /** Settings let http:// through for this machine alone. */
  get #execute(): readonly ((configuration: client.Configuration) => void)[] {
    return this.#options.issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
  }
}

/** @throws sign_in_provider_invalid: a browser is sent nowhere but to a web address */
function webAddress(url: URL): string {
  if (url.protocol === 'https:' || url.protocol === 'http:') return url.href;
  throw new HomeroomError(
    'sign_in_provider_invalid',
    `an address of the provider begins with ${url.protocol}`,
  );
}

function isSame(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
