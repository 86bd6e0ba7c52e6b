/** Codes that change every half minute (RFC 6238, over RFC 4226): six digits by HMAC-SHA-1, as every authenticator app has them. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { fromBase32, toBase32 } from './base32.ts';

const stepS = 30;
const digits = 6;
/** RFC 4226, 4 (R6): 160 bits. */
const secretBytes = 20;
/** A phone's clock may be off, and typing takes a while: one step either way (RFC 6238, 5.2). */
const tolerance = [0, -1, 1];

/** @returns a new secret, in Base32. */
export function createTotpSecret(): string {
  return toBase32(randomBytes(secretBytes));
}

/** @returns the number of the time step that a moment lies in. */
export function stepAt(nowMs: number): number {
  return Math.floor(nowMs / 1_000 / stepS);
}

/** @returns the code of a time step (RFC 4226, 5.3). */
export function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * Which time step a code is of, now or close by. Whoever calls it sees to it that a step is accepted once.
 *
 * @returns undefined when it is of none
 */
export function stepOfCode(secret: string, code: string, nowMs: number): number | undefined {
  const typed = Buffer.from(code);
  const steps = tolerance.map((off) => stepAt(nowMs) + off).filter((step) => step >= 0);
  return steps.find((step) => {
    const right = Buffer.from(codeOf(secret, step));
    return typed.length === right.length && timingSafeEqual(typed, right);
  });
}

/** @returns what an authenticator app takes over by a QR code (Key URI format). */
export function otpauthUri({
  issuer,
  account,
  secret,
}: Record<'issuer' | 'account' | 'secret', string>): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${digits}&period=${stepS}`;
}
