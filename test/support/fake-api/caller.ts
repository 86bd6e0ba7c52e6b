import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { User } from '@homeroom/protocol';

/** Who asks: a person, a kiosk's browser, or both. */
export interface Caller {
  readonly user: User | null;
  readonly kiosk: string | null;
}

interface SignIn extends Caller {
  readonly csrfToken: string;
}

/** Cookies and the CSRF tokens that belong to them. */
export class SignIns {
  readonly #people = new Map<string, SignIn>();

  /** @returns the cookie's value, and the token that belongs to it */
  add(user: User, kiosk: string | null): { value: string; csrfToken: string } {
    const value = randomUUID();
    const csrfToken = randomUUID();
    this.#people.set(value, { user, kiosk, csrfToken });
    return { value, csrfToken };
  }

  remove(request: IncomingMessage): void {
    this.#people.delete(cookieOf(request, 'session') ?? '');
  }

  /** Every sign-in ends, as after an expiry. */
  clear(): void {
    this.#people.clear();
  }

  of(request: IncomingMessage): SignIn {
    const kiosk = cookieOf(request, 'kiosk') ?? null;
    const person = this.#people.get(cookieOf(request, 'session') ?? '');
    return { user: person?.user ?? null, kiosk, csrfToken: person?.csrfToken ?? `kiosk-${kiosk}` };
  }
}

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
