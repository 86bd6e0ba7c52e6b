/**
 * Slows guessing down without locking anybody out for long. Only failures count: an attempt takes a
 * token when it begins (so that parallel guesses count too) and a success gives it back.
 *
 * Three kinds of bucket: a small one per account and place (a kiosk, else an address), which is where people
 * mistype and where most guessing comes from; a larger one per account, so that one password cannot be guessed
 * from many places, yet a pupil at one place cannot lock the teacher out everywhere; and the largest per
 * address, for a whole class may sit behind one and mistype.
 * Kept in memory: with several controllers each allows its own share.
 */
interface BucketRule {
  readonly capacity: number;
  readonly refillMs: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Ten wrong passwords at once, then one per half minute. */
const placeRule: BucketRule = { capacity: 10, refillMs: 30_000 };
/** From everywhere together: 8,700 guesses a day at most. */
const accountRule: BucketRule = { capacity: 60, refillMs: 10_000 };
/** Thirty people with six mistakes each, then one per second. */
const addressRule: BucketRule = { capacity: 200, refillMs: 1_000 };
const maxBuckets = 20_000;

export interface Attempt {
  readonly username: string;
  readonly address: string | null;
  /** The kiosk; null for any other browser. */
  readonly deviceId: string | null;
}

export class SignInThrottle {
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** @param now milliseconds since any fixed moment; must not go back */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Count an attempt that begins.
   *
   * @returns 0 when it may go on, else the milliseconds to wait; then it was not counted
   */
  begin(attempt: Attempt): number {
    const keys = keysOf(attempt);
    const waitMs = Math.max(...keys.map(([key, rule]) => this.#waitMs(key, rule)));
    if (waitMs > 0) return waitMs;
    for (const [key, rule] of keys) this.#take(key, rule);
    return 0;
  }

  /** The attempt was a success: it does not count, and the account's earlier failures at that place are forgotten. */
  succeed(attempt: Attempt): void {
    for (const [key, rule] of keysOf(attempt)) {
      const bucket = this.#buckets.get(key);
      if (rule === placeRule) this.#buckets.delete(key);
      else if (bucket) bucket.tokens = Math.min(rule.capacity, bucket.tokens + 1);
    }
  }

  #waitMs(key: string, rule: BucketRule): number {
    const bucket = this.#buckets.get(key);
    if (!bucket) return 0;
    const tokens = this.#refilled(bucket, rule);
    return tokens >= 1 ? 0 : Math.ceil((1 - tokens) * rule.refillMs);
  }

  #take(key: string, rule: BucketRule): void {
    const bucket = this.#buckets.get(key);
    const tokens = bucket ? this.#refilled(bucket, rule) : rule.capacity;
    // Set afresh, so that the map's order is that of use and the longest unused goes first.
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: tokens - 1, filledAtMs: this.#now() });
    const oldest = this.#buckets.keys().next().value;
    if (this.#buckets.size > maxBuckets && oldest !== undefined) this.#buckets.delete(oldest);
  }

  #refilled(bucket: Bucket, rule: BucketRule): number {
    const elapsedMs = this.#now() - bucket.filledAtMs;
    return Math.min(rule.capacity, bucket.tokens + elapsedMs / rule.refillMs);
  }
}

function keysOf({ username, address, deviceId }: Attempt): [string, BucketRule][] {
  const place = deviceId === null ? `at ${address}` : `on ${deviceId}`;
  const keys: [string, BucketRule][] = [
    [`account ${username}`, accountRule],
    [`account ${username} ${place}`, placeRule],
  ];
  return address === null ? keys : [...keys, [`address ${address}`, addressRule]];
}
