/** What came of doing one thing to many. */
export interface Settled<T> {
  readonly done: readonly T[];
  readonly failed: readonly { readonly item: T; readonly error: unknown }[];
}

/**
 * Do the same to each item, a few at a time; one that fails keeps no other from its turn.
 *
 * @param atOnce how many are under way at the same time
 * @returns which were done and which failed, each in the order of `items`; never rejects
 */
export async function settleEach<T>(
  items: readonly T[],
  atOnce: number,
  run: (item: T) => Promise<unknown>,
): Promise<Settled<T>> {
  const errors = new Map<T, unknown>();
  const waiting = [...items];
  const work = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await run(item);
      } catch (caught) {
        errors.set(item, caught);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return {
    done: items.filter((item) => !errors.has(item)),
    failed: items.filter((item) => errors.has(item)).map((item) => ({ item, error: errors.get(item) })),
  };
}
