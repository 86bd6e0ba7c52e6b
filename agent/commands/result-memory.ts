import type { Result } from '@homeroom/protocol/wire';

/** `running` from the start of a command; then its last result. */
export type Remembered = { readonly state: 'running' } | { readonly state: 'ended'; readonly result: Result };

/**
 * The commands that ran lately, so that a repeated one is answered and not run again. Bounded by count:
 * the oldest that ended is forgotten first, and by then its time to live is long over.
 */
export class ResultMemory {
  readonly #maxEntries: number;
  readonly #byId = new Map<string, Remembered>();

  constructor(maxEntries = 256) {
    this.#maxEntries = maxEntries;
  }

  get(id: string): Remembered | undefined {
    return this.#byId.get(id);
  }

  /** How many commands run now. */
  get running(): number {
    let running = 0;
    for (const remembered of this.#byId.values()) if (remembered.state === 'running') running += 1;
    return running;
  }

  begin(id: string): void {
    this.#byId.set(id, { state: 'running' });
    this.#forgetOldest();
  }

  end(id: string, result: Result): void {
    this.#byId.set(id, { state: 'ended', result });
  }

  #forgetOldest(): void {
    for (const [id, remembered] of this.#byId) {
      if (this.#byId.size <= this.#maxEntries) return;
      if (remembered.state === 'ended') this.#byId.delete(id);
    }
  }
}
