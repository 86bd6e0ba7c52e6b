import type { JoinTokenResource } from '@homeroom/protocol';
import { spanWords } from '../../shared/words/time-words.ts';

type Validity = Pick<JoinTokenResource, 'usesLeft' | 'expiresAt' | 'withdrawnAt'>;

/** @returns whether devices can still come in with a token. */
export function isUsable({ usesLeft, expiresAt, withdrawnAt }: Validity, now: Date): boolean {
  return (
    withdrawnAt === null && usesLeft !== 0 && (expiresAt === null || Date.parse(expiresAt) > now.getTime())
  );
}

/** @returns what a token is still good for, or why it is not. */
export function tokenWords(token: Validity, now: Date): string {
  const { usesLeft, expiresAt, withdrawnAt } = token;
  if (withdrawnAt !== null) return 'withdrawn';
  if (usesLeft === 0) return 'used up';
  if (!isUsable(token, now)) return 'expired';
  const uses =
    usesLeft === null ? 'any number of devices' : usesLeft === 1 ? '1 device' : `${usesLeft} devices`;
  return expiresAt === null
    ? uses
    : `${uses}, for ${spanWords((Date.parse(expiresAt) - now.getTime()) / 1000)}`;
}
