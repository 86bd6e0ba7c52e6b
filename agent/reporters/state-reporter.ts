import type { DeviceStateLeaf, DeviceStatePayload } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { Happening } from './happening.ts';
import { Throttle } from './throttle.ts';

/** The part of a board's port that a reporter needs. */
export interface Watched<State> {
  onChange(listener: (state: State) => void): () => void;
}

export interface StateReporterOptions<Leaf extends DeviceStateLeaf> {
  readonly leaf: Leaf;
  readonly source: Watched<DeviceStatePayload[Leaf]>;
  /** What happened between two states; none without it. */
  readonly eventsOf?: (before: DeviceStatePayload[Leaf], after: DeviceStatePayload[Leaf]) => Happening[];
  readonly publish: (leaf: Leaf, state: DeviceStatePayload[Leaf]) => void;
  readonly tell: (happening: Happening) => void;
  readonly clock: Clock;
}

const intervalMs = 1_000;

/**
 * Publishes one retained topic of what is plugged in: at once on the first change, then at most once per
 * second. Events are told for each change, however quickly they follow each other.
 */
export class StateReporter<Leaf extends DeviceStateLeaf> {
  readonly #options: StateReporterOptions<Leaf>;
  readonly #throttle: Throttle<DeviceStatePayload[Leaf]>;
  #last: DeviceStatePayload[Leaf] | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(options: StateReporterOptions<Leaf>) {
    this.#options = options;
    const { clock, leaf, publish } = options;
    this.#throttle = new Throttle({ clock, intervalMs, send: (state) => publish(leaf, state) });
  }

  start(): void {
    this.#unsubscribe = this.#options.source.onChange((state) => this.#changed(state));
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#throttle.stop();
  }

  #changed(state: DeviceStatePayload[Leaf]): void {
    const { eventsOf, tell } = this.#options;
    if (this.#last !== undefined && eventsOf)
      for (const happening of eventsOf(this.#last, state)) tell(happening);
    this.#last = state;
    this.#throttle.offer(state);
  }
}
