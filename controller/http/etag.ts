import { createHash } from 'node:crypto';

/** @returns a strong validator (RFC 9110, 8.8.3) of an answer's text */
export function etagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
}

/**
 * Whether a condition (If-Match, If-None-Match) names this validator, or any by `*`.
 *
 * @param header as it came; absent is no match
 */
export function isSame(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  // A weak one says "as good as": enough for reading, and ours are never weak.
  const named = header.split(',').map((part) => part.trim().replace(/^W\//, ''));
  return named.includes('*') || named.includes(etag);
}
