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
