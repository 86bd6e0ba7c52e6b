import { createHash, randomBytes } from 'node:crypto';

/** @returns 256 random bits as base64url: a cookie, a token, a ticket. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What is stored of a random secret. A quick hash is right here: 256 random bits cannot be guessed, so
 * slowing a thief down gains nothing; passwords, which people choose, are hashed by `password-hash.ts`.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
