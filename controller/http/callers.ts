import type { IncomingHttpHeaders } from 'node:http';
import { HomeroomError } from '@homeroom/protocol';
import { plainAddress } from '../plain-address.ts';
import { bearerTokenOf } from './authorization.ts';
import type { Caller } from './caller.ts';
import { kioskCookieName, sessionCookieName } from './cookies.ts';
import type { Services } from './services.ts';

/** Longer ones are none of ours and are not worth a query. */
const maxCookieLength = 200;

/** Who knows the cookies and tokens. */
export interface CallerServices {
  readonly accounts: Pick<Services['accounts'], 'authenticate' | 'authenticateBearer'>;
  readonly kioskSignIns: Pick<Services['kioskSignIns'], 'authenticate'>;
}

/** Finds out who is behind a request, of HTTP and of WebSockets alike. */
export class Callers {
  readonly #services: CallerServices;

  constructor(services: CallerServices) {
    this.#services = services;
  }

  /**
   * @throws sign_in_required for a bearer token that is not valid (a wrong cookie is nobody: it may
   *   have expired); database_unavailable
   */
  async identify(
    headers: IncomingHttpHeaders,
    cookies: Readonly<Record<string, string | undefined>>,
    address: string | null,
  ): Promise<Caller> {
    const told = address === null ? null : plainAddress(address);
    const token = bearerTokenOf(headers.authorization);
    if (token !== undefined) {
      const person = await this.#services.accounts.authenticateBearer(token);
      if (!person) throw new HomeroomError('sign_in_required', 'the bearer token is not valid');
      return { person, by: 'bearer', kiosk: undefined, address: told };
    }
    const [found, kiosk] = await Promise.all([
      this.#findPerson(cookies[sessionCookieName]),
      this.#findKiosk(cookies[kioskCookieName]),
    ]);
    // A sign-in made on a kiosk is worth nothing in any other browser.
    const person = found?.deviceId && found.deviceId !== kiosk?.deviceId ? undefined : found;
    return { person, by: person ? 'cookie' : undefined, kiosk, address: told };
  }

  async #findPerson(cookie: string | undefined) {
    return isPlausible(cookie) ? this.#services.accounts.authenticate(cookie) : undefined;
  }

  async #findKiosk(cookie: string | undefined) {
    return isPlausible(cookie) ? this.#services.kioskSignIns.authenticate(cookie) : undefined;
  }
}

function isPlausible(cookie: string | undefined): cookie is string {
  return cookie !== undefined && cookie !== '' && cookie.length <= maxCookieLength;
}
