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
import { type BucketRule, setLatest, TokenBuckets } from './token-buckets.ts';

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
  readonly #buckets: TokenBuckets;
  /** Places where an account signed in, and when. */
  readonly #known = new Map<string, number>();

  /** @param now milliseconds since any fixed moment; must not go back */
  constructor(now: () => number) {
    this.#now = now;
    this.#buckets = new TokenBuckets(now);
  }

  /** Count an attempt that begins. @returns whether it may go on, and after which delay: 5 s at most */
  begin(attempt: Attempt): Verdict {
    const keys = keysOf(attempt);
    const isKnown = this.#isKnown(keys.place);
    const retryAfterMs = Math.max(
      this.#buckets.waitMs(keys.place, placeRule),
      isKnown ? 0 : this.#buckets.waitMs(keys.address, addressRule),
    );
    if (retryAfterMs > 0) return { isAdmitted: false, retryAfterMs };
    const delayMs = isKnown ? 0 : this.#delayMs(keys.account);
    this.#buckets.take(keys.place, placeRule);
    this.#buckets.take(keys.address, addressRule);
    this.#buckets.take(keys.account, accountRule);
    return { isAdmitted: true, delayMs };
  }

  /** The attempt was a success: it does not count, the account's failures at that place are forgotten, the place is known. */
  succeed(attempt: Attempt): void {
    const { place, address, account } = keysOf(attempt);
    this.#buckets.forget(place);
    this.#buckets.giveBack(address, addressRule);
    this.#buckets.giveBack(account, accountRule);
    setLatest(this.#known, place, this.#now());
  }

  #isKnown(place: string): boolean {
    const signedInAtMs = this.#known.get(place);
    return signedInAtMs !== undefined && this.#now() - signedInAtMs < knownForMs;
  }

  #delayMs(account: string): number {
    return Math.max(0, Math.ceil((1 - this.#buckets.tokens(account, accountRule)) * delayPerDebtMs));
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
