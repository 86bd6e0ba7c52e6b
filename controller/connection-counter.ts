import { sourceOf } from './accounts/source-of.ts';

/** Counts connections per remote address (in IPv6: per network) and in all, and says when one more is too many. Pure. */
export class ConnectionCounter {
  readonly #maxPerAddress: number;
  readonly #maxTotal: number;
  readonly #byAddress = new Map<string, number>();
  #total = 0;

  constructor(limits: { maxPerAddress: number; maxTotal: number }) {
    this.#maxPerAddress = limits.maxPerAddress;
    this.#maxTotal = limits.maxTotal;
  }

  get total(): number {
    return this.#total;
  }

  /** @returns whether the connection is within the limits; then it is counted until {@link leave}. */
  enter(address: string): boolean {
    const source = sourceOf(address);
    const here = this.#byAddress.get(source) ?? 0;
    if (here >= this.#maxPerAddress || this.#total >= this.#maxTotal) return false;
    this.#byAddress.set(source, here + 1);
    this.#total += 1;
    return true;
  }

  /** To be called once for each connection that entered. */
  leave(address: string): void {
    const source = sourceOf(address);
    const here = this.#byAddress.get(source) ?? 0;
    if (here <= 1) this.#byAddress.delete(source);
    else this.#byAddress.set(source, here - 1);
    this.#total -= 1;
  }
}
