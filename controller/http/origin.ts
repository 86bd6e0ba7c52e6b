import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request may come from one of our own pages. Browsers name the page's origin with every
 * request that changes something and with every WebSocket; programs name none, and no cookie of a
 * browser travels with theirs.
 *
 * @param publicOrigin the origin of HOMEROOM_PUBLIC_URL, where a reverse proxy changes the host
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicOrigin: string | undefined): boolean {
  const { origin, host } = headers;
  if (origin === undefined) {
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }
  return origin === publicOrigin || origin === `https://${host}` || origin === `http://${host}`;
}

/**
 * @returns the origin of the page that asks, once {@link isOwnOrigin} has let it in: where its person comes back to.
 *   A program names none; it is told the address that it asked at
 */
export function originOf(asked: { headers: IncomingHttpHeaders; isSecure: boolean }): string {
  const { origin, host } = asked.headers;
  return origin ?? `${asked.isSecure ? 'https' : 'http'}://${host}`;
}
