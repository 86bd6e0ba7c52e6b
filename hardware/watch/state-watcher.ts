/**
 * Rules of a watcher:
 * - at most one look is under way; whoever asks meanwhile shares it, a poke meanwhile makes one more follow;
 * - events only say "look again": the state is always read whole;
 * - a full look runs on a timer even where events work;
 * - after a poke one more look follows when things have settled: kernels tell of a plug before they
 *   have read what is plugged in.
 */
import { HomeroomError, toError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { StatePort } from '../state-port.ts';
import { ObservedState } from './observed-state.ts';

export interface StateWatcherOptions<State> {
  readonly look: () => Promise<State>;
  readonly clock: Clock;
  readonly rescanMs: number;
  /** When the second look after a poke comes. */
  readonly settleMs: number;
  /** Hears of a look that failed; the next one comes by itself. */
  readonly onFault: (fault: Error) => void;
}

/** Turns a function that looks at the machine into a port that tells of changes. */
export class StateWatcher<State> implements StatePort<State> {
  readonly #options: StateWatcherOptions<State>;
  readonly #observed = new ObservedState<State>();
  #looking: Promise<State> | undefined;
  #pokedMeanwhile = false;
  #running = false;
  #cancelRescan: () => void = () => undefined;
  #cancelSettle: () => void = () => undefined;

  constructor(options: StateWatcherOptions<State>) {
    this.#options = options;
  }

  onChange(listener: (state: State) => void): () => void {
    return this.#observed.onChange(listener);
  }

  async read(): Promise<State> {
    try {
      return await this.#look();
    } catch (caught) {
      if (caught instanceof HomeroomError) throw caught;
      throw new HomeroomError('hardware_failed', toError(caught).message, { cause: caught });
    }
  }

  /** Tell the first state and go on watching. */
  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    await this.#lookAndTell();
  }

  stop(): void {
    this.#running = false;
    this.#cancelRescan();
    this.#cancelSettle();
  }

  /** Something may have changed: look now, and again when it has settled. */
  poke(): void {
    if (!this.#running) return;
    this.#cancelSettle();
    this.#cancelSettle = this.#options.clock.after(this.#options.settleMs, () => void this.#lookAndTell());
    if (this.#looking) this.#pokedMeanwhile = true;
    else void this.#lookAndTell();
  }

  async #lookAndTell(): Promise<void> {
    try {
      const state = await this.#look();
      if (this.#running) this.#observed.tell(state);
    } catch (caught) {
      this.#options.onFault(toError(caught));
    }
    if (!this.#running) return;
    this.#cancelRescan();
    if (this.#pokedMeanwhile) {
      this.#pokedMeanwhile = false;
      void this.#lookAndTell();
    } else {
      this.#cancelRescan = this.#options.clock.after(this.#options.rescanMs, () => void this.#lookAndTell());
    }
  }

  #look(): Promise<State> {
    this.#looking ??= this.#options.look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }
}
