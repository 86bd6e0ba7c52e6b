/**
 * The join token: `homeroom1.<sha256 of the controller's CA certificate, DER>.<secret>`.
 * The hash lets a new device trust exactly one controller before it says anything;
 * the secret is the claim credential's password and can do nothing but enrol.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';

export interface JoinToken {
  /** 64 lower-case hex digits. */
  readonly caSha256: string;
  /** 32 characters of base64url. */
  readonly secret: string;
}

const pattern = /^homeroom1\.([0-9a-f]{64})\.([A-Za-z0-9_-]{32})$/;

/** @returns a fresh secret of 192 random bits. */
export function createJoinSecret(): string {
  return randomBytes(24).toString('base64url');
}

export function formatJoinToken(token: JoinToken): string {
  return `homeroom1.${token.caSha256}.${token.secret}`;
}

/** @returns the token's parts, or undefined when the text is not a join token. */
export function parseJoinToken(text: string): JoinToken | undefined {
  const match = pattern.exec(text.trim());
  return match?.[1] && match[2] ? { caSha256: match[1], secret: match[2] } : undefined;
}

/**
 * The public name of a token: what lists show, and the tail of the claim credential's user name.
 * @returns eight hex digits of the secret's hash
 */
export function joinTokenId(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 8);
}

/** @returns the MQTT user name of a claim: with a token `claim-<id>`, without one `claim`. */
export function claimUserName(secret?: string): string {
  return secret === undefined ? 'claim' : `claim-${joinTokenId(secret)}`;
}

/** The password that goes with the user name `claim`: known to all, for brokers that refuse an empty one. */
export const openClaimPassword = 'claim';

/** @returns what the controller keeps of a token's secret. */
export function joinTokenSecretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/**
 * Shows that an enrolment request comes from a holder of the token, without telling the secret:
 * brokers do not say under which user name a message was published.
 *
 * @param secretHash {@link joinTokenSecretHash} of the token's secret
 * @returns 64 hex digits for `enrolRequest.token.proof`
 */
export function joinTokenProof(secretHash: string, nonce: string, device: string): string {
  return createHmac('sha256', secretHash).update(`${nonce}\n${device}`).digest('hex');
}
