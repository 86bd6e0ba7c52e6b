/** Waits that grow with each failure, up to a limit, with chance in them so that many do not come at once. */
export interface BackOffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
  /** @returns a number from 0 up to 1 */
  readonly random: () => number;
}

/** @returns how long to wait after so many failures in a row (from 1): half of it certain, half by chance */
export function backOffMs(failures: number, { firstMs, maxMs, random }: BackOffOptions): number {
  const fullMs = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(fullMs / 2 + (fullMs / 2) * random());
}
