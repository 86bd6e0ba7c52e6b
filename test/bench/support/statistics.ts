/** @returns the value below which this share of the values lies; NaN for none */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** @returns the middle one, which a single disturbed run does not move */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
