import { type ChildListener, type ChildSpec, SupervisedChild } from '../supervised-child.ts';

/**
 * A simulated seat behind a socket: with power its agent runs, and comes back when it crashes; one that was shut down stays
 * down until power comes again. Without power every process of it is gone at once.
 */
export class PoweredSeat {
  readonly #spec: ChildSpec;
  readonly #listener: ChildListener;
  #agent: SupervisedChild | undefined;
  /** The end of the queue of changes. */
  #changed: Promise<void> = Promise.resolve();

  constructor(spec: ChildSpec, listener: ChildListener) {
    this.#spec = spec;
    this.#listener = listener;
  }

  /** Give it power, or take it. Changes happen in the order asked; repeating one changes nothing. */
  set(on: boolean): Promise<void> {
    this.#changed = this.#changed.then(() => (on ? this.#start() : this.#cut()));
    return this.#changed;
  }

  /** Let its agent end in order, while it has power. */
  async stop(graceMs: number): Promise<void> {
    await this.#changed;
    await this.#agent?.stop(graceMs);
  }

  #start(): void {
    if (this.#agent) return;
    this.#agent = new SupervisedChild(this.#spec, this.#listener);
    this.#agent.start();
  }

  async #cut(): Promise<void> {
    await this.#agent?.cut();
    this.#agent = undefined;
  }
}
