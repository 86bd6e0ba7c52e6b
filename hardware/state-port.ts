/**
 * Something of the machine that has a state and may change by itself: connectors, televisions,
 * input devices, relay channels.
 */
export interface StatePort<State> {
  /**
   * Look now. It may be repeated at any rate: a look that is under way is shared.
   *
   * @returns the state as it is published; what cannot be told is null inside it
   * @throws hardware_failed when the machine does not let itself be read at all
   */
  read(): Promise<State>;
  /**
   * Be told of each change, with the whole new state. The first state is told too, once the
   * board has started; equal states are not told twice.
   *
   * @returns a function that ends the telling
   */
  onChange(listener: (state: State) => void): () => void;
}
