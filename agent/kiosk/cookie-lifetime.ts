const leastMs = 1_000;
/** Far below the 24.8 days that a timer can wait. */
const mostMs = 24 * 3_600_000;
const renewedPart = 0.75;

/**
 * @returns how long to wait before a cookie is renewed: three quarters of what is left of its life, so that some
 *   attempts may fail, and a day at most
 */
export function renewAfterMs(now: Date, expiresAt: Date): number {
  const leftMs = expiresAt.getTime() - now.getTime();
  return Math.min(mostMs, Math.max(leastMs, Math.floor(leftMs * renewedPart)));
}
