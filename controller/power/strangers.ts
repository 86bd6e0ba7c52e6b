const maxStrangers = 1_000;

/**
 * The last word of whoever is not known as a relay: a relay may speak in the moment in which it is made known, and many
 * say nothing again until they are switched. The oldest are forgotten.
 */
export class Strangers<Word> {
  readonly #words = new Map<string, Word>();

  remember(name: string, word: Word): void {
    this.#words.delete(name);
    this.#words.set(name, word);
    const [oldest] = this.#words.keys();
    if (this.#words.size > maxStrangers && oldest !== undefined) this.#words.delete(oldest);
  }

  /** @returns what it said last, which is forgotten by that */
  take(name: string): Word | undefined {
    const word = this.#words.get(name);
    this.#words.delete(name);
    return word;
  }
}
