import type { ApiToken } from '@homeroom/protocol';
import { agoWords } from '../../shared/words/time-words.ts';

type Dates = Pick<ApiToken, 'expiresAt' | 'lastUsedAt' | 'withdrawnAt'>;

/** @returns whether a token still opens something */
export function isGood({ expiresAt, withdrawnAt }: Dates, now: Date): boolean {
  return withdrawnAt === null && (expiresAt === null || Date.parse(expiresAt) > now.getTime());
}

/** @returns what a token is good for, and when it was used last */
export function tokenStateWords(token: Dates, now: Date): string {
  const { expiresAt, lastUsedAt, withdrawnAt } = token;
  if (withdrawnAt !== null) return `withdrawn ${agoWords(withdrawnAt, now)}`;
  if (!isGood(token, now)) return 'over';
  const used = lastUsedAt === null ? 'never used' : `used ${agoWords(lastUsedAt, now)}`;
  const end = expiresAt === null ? 'until it is withdrawn' : `until ${expiresAt.slice(0, 10)}`;
  return `${end}, ${used}`;
}
