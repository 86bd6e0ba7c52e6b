/**
 * Sends one value at a time. What comes meanwhile waits, and a newer value takes the place of an older one
 * of the same key: a slider that is dragged sends where it is, not where it was.
 */
export class LatestSender<T> {
  readonly #send: (value: T) => Promise<boolean>;
  readonly #waiting = new Map<string, { value: T; resolve: (isSent: boolean) => void }>();
  #isSending = false;

  /** @param send answers whether it worked; never rejects */
  constructor(send: (value: T) => Promise<boolean>) {
    this.#send = send;
  }

  /** @returns whether this value, or the one that took its place, was sent */
  offer(key: string, value: T): Promise<boolean> {
    return new Promise((resolve) => {
      const older = this.#waiting.get(key);
      this.#waiting.set(key, {
        value,
        resolve: (isSent) => {
          older?.resolve(isSent);
          resolve(isSent);
        },
      });
      if (!this.#isSending) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isSending = true;
    for (let next = this.#take(); next; next = this.#take()) next.resolve(await this.#send(next.value));
    this.#isSending = false;
  }

  #take() {
    const first = this.#waiting.entries().next().value;
    if (!first) return undefined;
    this.#waiting.delete(first[0]);
    return first[1];
  }
}
