/** Counts connections per remote address and in all, and says when one more is too many. Pure. */
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
    const here = this.#byAddress.get(address) ?? 0;
    if (here >= this.#maxPerAddress || this.#total >= this.#maxTotal) return false;
    this.#byAddress.set(address, here + 1);
    this.#total += 1;
    return true;
  }

  /** To be called once for each connection that entered. */
  leave(address: string): void {
    const here = this.#byAddress.get(address) ?? 0;
    if (here <= 1) this.#byAddress.delete(address);
    else this.#byAddress.set(address, here - 1);
    this.#total -= 1;
  }
}
