const leastMs = 1_000;
const renewedPart = 0.75;

/**
 * @returns how long to wait before a cookie is renewed: three quarters of what is left of its life, so that some
 *   attempts may fail
 */
export function renewAfterMs(now: Date, expiresAt: Date): number {
  return Math.max(leastMs, Math.floor((expiresAt.getTime() - now.getTime()) * renewedPart));
}
