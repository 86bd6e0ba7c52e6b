import { isDeepStrictEqual } from 'node:util';

/** The latest known state and those who want to hear of the next one. */
export class ObservedState<State> {
  readonly #listeners = new Set<(state: State) => void>();
  #latest: State | undefined;

  /** The state that was told last; undefined before the first. */
  get latest(): State | undefined {
    return this.#latest;
  }

  /** Tell everybody, if it differs from what was told last. */
  tell(state: State): void {
    if (isDeepStrictEqual(state, this.#latest)) return;
    this.#latest = state;
    for (const listener of [...this.#listeners]) listener(state);
  }

  onChange(listener: (state: State) => void): () => void {
    // A wrapper per call, so that one function that subscribes twice is two subscriptions.
    const entry = (state: State) => listener(state);
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }
}
