/**
 * @param share from 0 to 1: 0.5 is the median
 * @returns the smallest value that at least this share of all does not exceed (nearest rank)
 * @throws when there is no value
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('no value was measured');
  return value;
}
