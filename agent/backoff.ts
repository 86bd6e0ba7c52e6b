/** How waits between attempts grow. */
export interface BackoffRule {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * The wait before the next attempt: doubled with each failure, then spread over its upper half, so that
 * a room of devices that lost one controller at once does not come back at once.
 *
 * @param failures how many attempts failed in a row, from 1
 * @param chance 0 to 1, from `Math.random` outside of tests
 * @returns milliseconds between half of the doubled wait and the whole of it
 */
export function backoffMs(rule: BackoffRule, failures: number, chance: number): number {
  const exponent = Math.min(Math.max(failures - 1, 0), 30);
  const wholeMs = Math.min(rule.maxMs, rule.firstMs * 2 ** exponent);
  return Math.round(wholeMs / 2 + (wholeMs / 2) * chance);
}
