import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** What a request was answered with. */
export interface Reply {
  readonly status: number;
  readonly json: unknown;
}

/** What names a key of a user in the database, which never sees the key. */
export function keyHashOf(userId: string, key: string): string {
  return createHash('sha256').update(`${userId} ${key}`).digest('base64url');
}

/**
 * Seal what was answered with the key of the request: an answer may hold a password or a token that is told once,
 * and whoever repeats the request has the key, but whoever reads the database has not.
 */
export function sealReply(json: unknown, key: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, sealingKey(key), iv);
  const text = Buffer.from(JSON.stringify(json ?? null));
  return Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** @returns what {@link sealReply} sealed with the same key @throws when the key is another one */
export function openReply(sealed: Buffer, key: string): unknown {
  const iv = sealed.subarray(0, ivBytes);
  const tag = sealed.subarray(-tagBytes);
  const decipher = createDecipheriv(algorithm, sealingKey(key), iv, { authTagLength: tagBytes });
  decipher.setAuthTag(tag);
  const text = Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]);
  return JSON.parse(text.toString('utf8'));
}

function sealingKey(key: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'homeroom idempotency', 32));
}
