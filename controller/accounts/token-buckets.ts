/** How attempts of one kind are counted. */
export interface BucketRule {
  /** Attempts at once. */
  readonly capacity: number;
  /** Then one more per so many milliseconds. */
  readonly refillMs: number;
  /** How far below nothing it may be; zero where an empty one refuses. */
  readonly debt: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

const maxEntries = 20_000;

/** Buckets of attempts, by key, in memory; an unknown key's is full. The longest unused go when there are too many. */
export class TokenBuckets {
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** @param now milliseconds since any fixed moment; must not go back */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns how many attempts are left; below zero in debt. */
  tokens(key: string, rule: BucketRule): number {
    const bucket = this.#buckets.get(key);
    if (!bucket) return rule.capacity;
    const elapsedMs = this.#now() - bucket.filledAtMs;
    return Math.min(rule.capacity, bucket.tokens + elapsedMs / rule.refillMs);
  }

  /** @returns after how long there is one attempt; 0 when there is one now. */
  waitMs(key: string, rule: BucketRule): number {
    return Math.max(0, Math.ceil((1 - this.tokens(key, rule)) * rule.refillMs));
  }

  /** Count an attempt. */
  take(key: string, rule: BucketRule): void {
    const tokens = Math.max(-rule.debt, this.tokens(key, rule) - 1);
    setLatest(this.#buckets, key, { tokens, filledAtMs: this.#now() }, maxEntries);
  }

  /** An attempt does not count after all. */
  giveBack(key: string, rule: BucketRule): void {
    const bucket = this.#buckets.get(key);
    if (bucket) bucket.tokens = Math.min(rule.capacity, bucket.tokens + 1);
  }

  /** No attempt of this key counts any more. */
  forget(key: string): void {
    this.#buckets.delete(key);
  }
}

/** Set an entry as the latest one, so that the longest unused goes first when there are more than `limit`. */
export function setLatest<Value>(
  entries: Map<string, Value>,
  key: string,
  value: Value,
  limit = maxEntries,
): void {
  entries.delete(key);
  entries.set(key, value);
  const oldest = entries.keys().next().value;
  if (entries.size > limit && oldest !== undefined) entries.delete(oldest);
}
