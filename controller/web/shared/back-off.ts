const firstMs = 500;
const mostMs = 15_000;

/**
 * How long to wait before trying again.
 *
 * @param attempt how many attempts failed so far, from 1
 * @param chance 0 to 1; spreads a whole room's pages so that they do not all come back at once
 */
export function backOffMs(attempt: number, chance: number): number {
  const fullMs = Math.min(mostMs, firstMs * 2 ** Math.min(attempt - 1, 10));
  return Math.round(fullMs * (0.5 + chance / 2));
}
