import type { IncomingHttpHeaders } from 'node:http';
import type { SignedIn } from '../../accounts/signed-in.ts';

/** Ours alone: whatever comes with such a name from outside is a forgery. */
const ownPrefix = 'x-homeroom-';
/** Between two neighbours alone (RFC 9110, 7.6.1). */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade']);
const cookiePrefix = 'homeroom_';

export interface ForwardRequest {
  readonly headers: IncomingHttpHeaders;
  readonly person: SignedIn;
  readonly secret: string;
  /** An upgrade keeps what asks for it. */
  readonly isUpgrade: boolean;
}

/**
 * What Node-RED gets of a request's headers: who it is, vouched for by the secret, and none of what proves it here. A
 * flow that had the cookie or the token of whoever calls could act as that person.
 */
export function forwardedHeaders(request: ForwardRequest): Record<string, string | string[]> {
  const { headers, person, secret, isUpgrade } = request;
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name.startsWith(ownPrefix) || name === 'authorization') continue;
    if (hopByHop.has(name) && !(isUpgrade && (name === 'upgrade' || name === 'connection'))) continue;
    const passed = name === 'cookie' ? foreignCookies(String(value)) : value;
    if (passed !== '') kept[name] = passed;
  }
  const { id, username, displayName, role } = person.user;
  return {
    ...kept,
    'x-homeroom-secret': secret,
    'x-homeroom-user': id,
    'x-homeroom-username': encodeURIComponent(username),
    'x-homeroom-display-name': encodeURIComponent(displayName),
    'x-homeroom-role': role,
  };
}

function foreignCookies(header: string): string {
  return header
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '' && !cookie.startsWith(cookiePrefix))
    .join('; ');
}

/** @returns the headers of an answer of Node-RED's that the browser gets: those that protect the page are ours to set */
export function answeredHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const ours = new Set([...hopByHop, 'content-security-policy', 'x-frame-options', 'x-powered-by']);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === undefined || ours.has(name) || name.startsWith(ownPrefix)) return [];
      if (name !== 'set-cookie') return [[name, value]];
      // A flow must not set the cookie that signs somebody in.
      const cookies = [value].flat().filter((cookie) => !cookie.trim().startsWith(cookiePrefix));
      return cookies.length > 0 ? [[name, cookies]] : [];
    }),
  );
}
