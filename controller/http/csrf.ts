import { timingSafeEqual } from 'node:crypto';
import type { Caller } from './caller.ts';

/** Methods that change nothing need no proof of where they come from. */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @returns whether a request with this method may change something. */
export function isChange(method: string): boolean {
  return !safeMethods.has(method);
}

/**
 * Whether a change carries the token that only our own pages can read (`GET /api/v1/me`).
 * Bearer tokens do not travel by themselves, so they need none.
 *
 * @param given the header X-CSRF-Token
 */
export function hasCsrfToken(caller: Caller, given: string | undefined): boolean {
  if (caller.by === 'bearer') return true;
  const expected = csrfTokenOf(caller);
  if (expected === '') return true;
  return given !== undefined && isEqual(given, expected);
}

/** @returns the token of the person, else of the kiosk; empty when no cookie was recognised. */
export function csrfTokenOf({ person, kiosk }: Caller): string {
  return person?.csrfToken ?? kiosk?.csrfToken ?? '';
}

function isEqual(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
