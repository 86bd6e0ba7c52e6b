/** @returns the records in the order of their names as people count: `Seat 2` before `Seat 10` */
export function byName<T>(records: readonly T[], nameOf: (record: T) => string): T[] {
  const order = new Intl.Collator(undefined, { numeric: true });
  return records.toSorted((left, right) => order.compare(nameOf(left), nameOf(right)));
}
