import type { ApiError } from '../api/api-error.ts';

/** @returns why a sign-in was refused, and what to do about it */
export function signInFaultWords(error: Pick<ApiError, 'code' | 'title' | 'remedy' | 'retryAfterS'>): string {
  const { code, title, remedy, retryAfterS } = error;
  if (code === 'sign_in_throttled' && retryAfterS) return `${title} Try again in ${retryAfterS} s.`;
  return `${title} ${remedy ?? ''}`.trim();
}
