/**
 * Passwords are kept as Argon2id hashes in the PHC string format. The parameters are those of OWASP's
 * Password Storage Cheat Sheet; they stand in each hash, so they can grow without a migration.
 */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const deriveKey = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const saltBytes = 16;
const phcPattern =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** A hash that no password has, to spend the same time on a user who does not exist. */
export const decoyHash = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** @returns the hash of a password, with a salt of its own. Takes some tens of milliseconds off the event loop. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes);
  const key = await deriveKey('argon2id', { ...cost, message: normalise(password), nonce });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${encode(nonce)}$${encode(key)}`;
}

/** @returns whether `password` is the one that was hashed; false for a hash of another kind. */
export async function isPassword(password: string, phc: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt, hash] = phcPattern.exec(phc) ?? [];
  if (!salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64');
  const key = await deriveKey('argon2id', {
    message: normalise(password),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.byteLength,
  });
  return timingSafeEqual(key, expected);
}

/** The same letters typed on two keyboards may differ in their code points (RFC 8265, 4.2: NFC). */
function normalise(password: string): string {
  return password.normalize('NFC');
}

/** Base64 without padding, as the PHC string format has it. */
function encode(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
