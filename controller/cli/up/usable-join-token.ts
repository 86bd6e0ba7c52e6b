import type { JoinTokenResource } from '@homeroom/protocol';
import { joinTokenId, parseJoinToken } from '@homeroom/protocol/join-token';

/** @returns whether the controller would still take `token`. */
export function isUsableJoinToken(
  token: string,
  listed: readonly JoinTokenResource[],
  nowMs: number,
): boolean {
  const parsed = parseJoinToken(token);
  const found = parsed && listed.find(({ id }) => id === joinTokenId(parsed.secret));
  if (!found || found.withdrawnAt !== null || found.usesLeft === 0) return false;
  return found.expiresAt === null || Date.parse(found.expiresAt) > nowMs;
}
