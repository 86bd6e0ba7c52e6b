/**
 * Slows guessing down without letting anybody keep somebody else out. Only failures count: an attempt takes a
 * token when it begins (so that parallel guesses count too) and a success gives it back.
 *
 * Rules:
 * - where guesses are made they are refused: a small bucket per account and place (a kiosk, else an address), which
 *   is where people mistype, and a large one per address, since a whole class may sit behind one;
 * - from everywhere together they are slowed alone: past a number of failures each further attempt at that account
 *   waits, for seconds at most. So the right password is never refused at a place where nothing was guessed;
 * - a place where the account signed in lately is known: only its own failures count there.
 *
 * Kept in memory: with several controllers each allows its own share.
 */
import { sourceOf } from './source-of.ts';

interface BucketRule {
  readonly capacity: number;
  readonly refillMs: number;
  /** How far below nothing it may be; zero where an empty one refuses. */
  readonly debt: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Ten wrong passwords at once, then one per half minute. */
const placeRule: BucketRule = { capacity: 10, refillMs: 30_000, debt: 0 };
/** Thirty people with six mistakes each, then one per second. */
const addressRule: BucketRule = { capacity: 200, refillMs: 1_000, debt: 0 };
/** More than one person mistypes, from anywhere; then each failure makes the next attempt slower. */
const accountRule: BucketRule = { capacity: 60, refillMs: 10_000, debt: 19 };
/** So the debt of 19, and the attempt itself, come to 5 s. */
const delayPerDebtMs = 250;
/** From one lesson of the week to the next. */
const knownForMs = 8 * 24 * 3_600_000;
const maxEntries = 20_000;

export interface Attempt {
  readonly username: string;
  readonly address: string | null;
  /** The kiosk; null for any other browser. */
  readonly deviceId: string | null;
}

/** What becomes of an attempt: it was counted and may go on after a delay, or it was not counted and may come again. */
export type Verdict =
  | { readonly isAdmitted: true; readonly delayMs: number }
  | { readonly isAdmitted: false; readonly retryAfterMs: number };

export class SignInThrottle {
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  /** Places where an account signed in, and when. */
  readonly #known = new Map<string, number>();

  /** @param now milliseconds since any fixed moment; must not go back */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Count an attempt that begins. @returns whether it may go on, and after which delay: 5 s at most */
  begin(attempt: Attempt): Verdict {
    const keys = keysOf(attempt);
    const isKnown = this.#isKnown(keys.place);
    const retryAfterMs = Math.max(
      this.#waitMs(keys.place, placeRule),
      isKnown ? 0 : this.#waitMs(keys.address, addressRule),
    );
    if (retryAfterMs > 0) return { isAdmitted: false, retryAfterMs };
    const delayMs = isKnown ? 0 : this.#delayMs(keys.account);
    this.#take(keys.place, placeRule);
    this.#take(keys.address, addressRule);
    this.#take(keys.account, accountRule);
    return { isAdmitted: true, delayMs };
  }

  /** The attempt was a success: it does not count, the account's failures at that place are forgotten, the place is known. */
  succeed(attempt: Attempt): void {
    const { place, address, account } = keysOf(attempt);
    this.#buckets.delete(place);
    this.#giveBack(address, addressRule);
    this.#giveBack(account, accountRule);
    setLatest(this.#known, place, this.#now());
  }

  #isKnown(place: string): boolean {
    const signedInAtMs = this.#known.get(place);
    return signedInAtMs !== undefined && this.#now() - signedInAtMs < knownForMs;
  }

  #waitMs(key: string, rule: BucketRule): number {
    return Math.max(0, Math.ceil((1 - this.#tokens(key, rule)) * rule.refillMs));
  }

  #delayMs(account: string): number {
    return Math.max(0, Math.ceil((1 - this.#tokens(account, accountRule)) * delayPerDebtMs));
  }

  #take(key: string, rule: BucketRule): void {
    const tokens = Math.max(-rule.debt, this.#tokens(key, rule) - 1);
    setLatest(this.#buckets, key, { tokens, filledAtMs: this.#now() });
  }

  #giveBack(key: string, rule: BucketRule): void {
    const bucket = this.#buckets.get(key);
    if (bucket) bucket.tokens = Math.min(rule.capacity, bucket.tokens + 1);
  }

  #tokens(key: string, rule: BucketRule): number {
    const bucket = this.#buckets.get(key);
    if (!bucket) return rule.capacity;
    const elapsedMs = this.#now() - bucket.filledAtMs;
    return Math.min(rule.capacity, bucket.tokens + elapsedMs / rule.refillMs);
  }
}

/** Where nobody can tell the address, everybody shares one. */
function keysOf({ username, address, deviceId }: Attempt): Record<'place' | 'address' | 'account', string> {
  const source = address === null ? 'unknown' : sourceOf(address);
  const place = deviceId === null ? `at ${source}` : `on ${deviceId}`;
  return {
    place: `account ${username} ${place}`,
    address: `address ${source}`,
    account: `account ${username}`,
  };
}

/** Set an entry as the latest one, so that the longest unused goes first when there are too many. */
function setLatest<Value>(entries: Map<string, Value>, key: string, value: Value): void {
  entries.delete(key);
  entries.set(key, value);
  const oldest = entries.keys().next().value;
  if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
}
