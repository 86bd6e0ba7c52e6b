/** @returns the token of `Authorization: Bearer …`, or undefined when the header is another. */
export function bearerTokenOf(authorization: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization ?? '')?.[1];
}

/** @returns user name and password of `Authorization: Basic …` (RFC 7617), or undefined. */
export function basicCredentialOf(
  authorization: string | undefined,
): { username: string; password: string } | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]{1,1024})$/i.exec(authorization ?? '')?.[1];
  if (!encoded) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 0) return undefined;
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
