/** A certified OpenID provider on a free port of loopback, with its own pages to sign in. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export interface Person {
  readonly name?: string;
  readonly email?: string;
  readonly preferred_username?: string;
  readonly groups?: readonly string[];
}

export interface IdentityServerOptions {
  readonly redirectUris: readonly string[];
  readonly signOutUris?: readonly string[];
  /** By the name that is typed at the provider, which is its subject, too; may change between sign-ins. */
  readonly people: Record<string, Person>;
}

export const clientId = 'homeroom';
export const clientSecret = 'a secret of thirty-two characters';

export class IdentityServer implements AsyncDisposable {
  readonly issuer: string;
  readonly #options: IdentityServerOptions;
  readonly #server: Server;
  #handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  /** How far the provider's clock is behind while it issues tokens. */
  behindMs = 0;
  /** How often each path was asked for. */
  readonly asked = new Map<string, number>();

  private constructor(server: Server, options: IdentityServerOptions) {
    this.#server = server;
    this.#options = options;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(options: IdentityServerOptions): Promise<IdentityServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const started = new IdentityServer(server, options);
    started.changeKeys();
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const path = request.url?.split('?')[0] ?? '';
      started.asked.set(path, (started.asked.get(path) ?? 0) + 1);
      started.#handle(request, response);
    });
    return started;
  }

  /** The old key is gone at once, as after a break-in. */
  changeKeys(): void {
    const provider = this.#createProvider();
    provider.use(async (context: { path: string }, next: () => Promise<void>) => {
      const now = Date.now;
      if (context.path === '/token') Date.now = () => now() - this.behindMs;
      try {
        await next();
      } finally {
        Date.now = now;
      }
    });
    const handle = provider.callback();
    this.#handle = (request, response) => void handle(request, response);
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #createProvider(): Provider {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
    return new Provider(this.issuer, {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [...this.#options.redirectUris],
          post_logout_redirect_uris: [...(this.#options.signOutUris ?? [])],
        },
      ],
      jwks: { keys: [key] },
      cookies: { keys: ['for tests'] },
      scopes: ['openid', 'profile', 'email'],
      claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'], email: ['email'] },
      pkce: { required: () => true },
      ttl: {
        IdToken: 60,
        AccessToken: 600,
        AuthorizationCode: 600,
        Interaction: 600,
        Session: 600,
        Grant: 600,
      },
      findAccount: (_context: unknown, id: string) => ({
        accountId: id,
        claims: async () => ({ ...this.#options.people[id], sub: id }),
      }),
    });
  }
}
