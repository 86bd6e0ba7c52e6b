import { randomBytes } from 'node:crypto';
import { hashSecret } from '../secret-hash.ts';
import { toBase32 } from './base32.ts';

const codes = 10;
/** 80 bits: too many to guess, also for who has the hashes, so a quick hash will do. */
const bytesPerCode = 10;

/** @returns new codes as they are shown and printed: `ABCD-EFGH-IJKL-MNOP`. */
export function createRecoveryCodes(): string[] {
  return Array.from({ length: codes }, () => {
    const letters = toBase32(randomBytes(bytesPerCode));
    return letters.replace(/(.{4})(?=.)/g, '$1-');
  });
}

/** @returns what is stored of a code, however it was typed; undefined when it cannot be one. */
export function hashRecoveryCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '');
  return /^[A-Z2-7]{16}$/.test(letters) ? hashSecret(letters) : undefined;
}
