import type { Logger } from 'pino';
import type { Claims, IdentityProvider, SignInFlow } from './identity-provider.ts';

/** Writes down why a provider's answers do not hold: people are told a code, admins find the cause in the log. */
export class LoggedProvider implements IdentityProvider {
  readonly #provider: IdentityProvider;
  readonly #logger: Pick<Logger, 'warn'>;

  constructor({ provider, logger }: { provider: IdentityProvider; logger: Pick<Logger, 'warn'> }) {
    this.#provider = provider;
    this.#logger = logger;
  }

  begin(redirectUri: string): Promise<{ url: string; flow: SignInFlow }> {
    return this.#told(this.#provider.begin(redirectUri));
  }

  finish(flow: SignInFlow, answer: URLSearchParams): Promise<Claims> {
    return this.#told(this.#provider.finish(flow, answer));
  }

  signOutUrl(returnTo: string): Promise<string | undefined> {
    return this.#told(this.#provider.signOutUrl(returnTo));
  }

  async #told<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (caught) {
      // The message and those of its causes alone: the library's errors carry whole answers, with tokens in them.
      this.#logger.warn({ reasons: reasonsOf(caught) }, 'a sign-in by the OpenID provider failed');
      throw caught;
    }
  }
}

const maxDepth = 5;

/** @returns what is said from the outermost error inwards, a line each */
export function reasonsOf(caught: unknown): string[] {
  const reasons: string[] = [];
  for (let cause = caught; cause instanceof Error && reasons.length < maxDepth; cause = cause.cause) {
    reasons.push(cause.message.replace(/\p{Cc}+/gu, ' ').slice(0, 300));
  }
  return reasons;
}
