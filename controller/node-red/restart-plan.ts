const firstDelayMs = 500;
const longestDelayMs = 30_000;
const longRunMs = 60_000;
const endsUntilSafe = 4;

/** How Node-RED is started after it ended by itself. */
export interface RestartPlan {
  readonly delayMs: number;
  /** With its flows stopped, so that somebody can mend them in the editor. */
  readonly isSafe: boolean;
}

/** @returns how many ends in a row this one makes: a long run forgives the earlier ones. */
export function countEnds(earlierEnds: number, ranMs: number): number {
  return ranMs >= longRunMs ? 1 : earlierEnds + 1;
}

/**
 * Decide how to start again; there is always a next time.
 *
 * @param endsInARow this end included, from 1
 */
export function planRestart(endsInARow: number): RestartPlan {
  const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (endsInARow - 1));
  return { delayMs, isSafe: endsInARow >= endsUntilSafe };
}
