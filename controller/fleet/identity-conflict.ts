/**
 * Two machines with one identity (a copied SD card) push each other off the broker for ever. One machine
 * alone may come back often, but never as A, then as B, then as A again. Pure.
 */

/** One arrival of a device; what is unknown is null. */
export interface Arrival {
  readonly atMs: number;
  readonly bootId: string;
  readonly fingerprint: string | null;
  readonly address: string | null;
}

export interface IdentityConflict {
  /** Of the two machines; fewer when they are not known or are the same. */
  readonly addresses: readonly string[];
}

export const conflictWindowMs = 10 * 60_000;
/** Enough to see A, B, A even when each comes several times in a row. */
export const maxArrivals = 16;

/**
 * @param arrivals oldest first
 * @returns the conflict that the last arrival shows, or undefined
 */
export function identityConflictOf(
  arrivals: readonly Arrival[],
  nowMs: number,
): IdentityConflict | undefined {
  const recent = arrivals.filter((arrival) => nowMs - arrival.atMs <= conflictWindowMs);
  for (const key of [byBoot, byFingerprint]) {
    const others = betweenReturns(recent, key);
    if (others) return { addresses: [...new Set(others.map(({ address }) => address))].filter(isKnown) };
  }
  return undefined;
}

type Key = (arrival: Arrival) => string | null;
// A boot id is never seen again after another boot of the same machine.
const byBoot: Key = (arrival) => arrival.bootId;
const byFingerprint: Key = (arrival) => arrival.fingerprint;

/** @returns one arrival of each of two machines, when one went away for the other and came back. */
function betweenReturns(arrivals: readonly Arrival[], key: Key): [Arrival, Arrival] | undefined {
  const known = arrivals.filter((arrival) => key(arrival) !== null);
  const last = known.at(-1);
  const otherAt = known.findLastIndex((arrival) => last && key(arrival) !== key(last));
  const other = known[otherAt];
  if (!last || !other) return undefined;
  const cameBefore = known.slice(0, otherAt).some((arrival) => key(arrival) === key(last));
  return cameBefore ? [other, last] : undefined;
}

function isKnown(address: string | null): address is string {
  return address !== null;
}

/** @returns the alert's words: both addresses where they are known. */
export function conflictMessage({ addresses }: IdentityConflict): string {
  const where = addresses.length > 0 ? ` (${addresses.join(' and ')})` : '';
  return `Two machines${where} use this identity, most likely from a copied SD card. Enrol one of them afresh.`;
}
