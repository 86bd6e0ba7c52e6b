const firstDelayMs = 500;
const longestDelayMs = 30_000;
const longRunMs = 60_000;
const maxEndsInARow = 10;

/** @returns how many ends in a row this one makes: a long run forgives the earlier ones. */
export function countEnds(earlierEnds: number, ranMs: number): number {
  return ranMs >= longRunMs ? 1 : earlierEnds + 1;
}

/**
 * Decide what to do about a child process that ended by itself.
 *
 * @param endsInARow this end included, from 1
 * @returns after how long to start it again; undefined to leave it, because it ends again and again
 */
export function restartDelayMs(endsInARow: number): number | undefined {
  if (endsInARow > maxEndsInARow) return undefined;
  return Math.min(longestDelayMs, firstDelayMs * 2 ** (endsInARow - 1));
}
