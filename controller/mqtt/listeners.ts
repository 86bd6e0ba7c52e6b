/** Those who want to be told of something. */
export class Listeners<Args extends readonly unknown[]> {
  readonly #listeners = new Set<(...args: Args) => void>();

  /** @returns a function that ends it */
  add(listener: (...args: Args) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(...args: Args): void {
    for (const listener of this.#listeners) listener(...args);
  }
}
