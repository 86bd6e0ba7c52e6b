/** A picture that the page holds; `release` gives its memory back. */
export interface Picture {
  readonly url: string;
  readonly release: () => void;
}

/** `unchanged`: the one that is shown is still right. */
export type Fetched = Picture | 'unchanged' | 'none';

export interface PicturesOptions {
  /** Must end by itself and not reject. */
  readonly fetch: (device: string, signal: AbortSignal) => Promise<Fetched>;
  readonly nowMs: () => number;
  /** @returns a function that cancels */
  readonly schedule: (run: () => void, delayMs: number) => () => void;
  /** Whether nobody can see the page. */
  readonly isHidden: () => boolean;
  readonly everyMs?: number;
  /** A browser opens six connections to one server; the page needs some for itself. */
  readonly maxAtOnce?: number;
}

type Listener = (picture: Picture | undefined) => void;

interface Watched {
  readonly listener: Listener;
  dueAtMs: number;
  isFetching: boolean;
  shown: Picture | undefined;
}

/**
 * The pictures of a wall: each once a second at most, few requests at a time, whoever waited longest first. What is shown
 * stays until its successor is there, so that nothing flickers. Nothing is fetched while nobody can see it.
 */
export class Pictures {
  readonly #options: PicturesOptions;
  readonly #everyMs: number;
  readonly #maxAtOnce: number;
  readonly #watched = new Map<string, Watched>();
  readonly #abort = new AbortController();
  #fetching = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(options: PicturesOptions) {
    this.#options = options;
    this.#everyMs = options.everyMs ?? 1_000;
    this.#maxAtOnce = options.maxAtOnce ?? 4;
  }

  /** Show a device's picture until the returned function is called; one listener for each device. */
  watch(device: string, listener: Listener): () => void {
    const watched: Watched = {
      listener,
      dueAtMs: this.#options.nowMs(),
      isFetching: false,
      shown: undefined,
    };
    this.#watched.set(device, watched);
    this.#go();
    return () => {
      if (this.#watched.get(device) === watched) this.#watched.delete(device);
      watched.shown?.release();
      watched.shown = undefined;
    };
  }

  stop(): void {
    this.#abort.abort();
    this.#cancelTimer?.();
    for (const { shown } of this.#watched.values()) shown?.release();
    this.#watched.clear();
  }

  #go(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#abort.signal.aborted) return;
    const nowMs = this.#options.nowMs();
    const waiting = [...this.#watched]
      .filter(([, { isFetching }]) => !isFetching)
      .toSorted(([, one], [, other]) => one.dueAtMs - other.dueAtMs);
    if (!this.#options.isHidden())
      for (const [device, watched] of waiting) {
        if (watched.dueAtMs > nowMs || this.#fetching >= this.#maxAtOnce) break;
        void this.#fetch(device, watched, nowMs);
      }
    const next = waiting.find(([, { isFetching }]) => !isFetching)?.[1];
    if (!next || this.#fetching >= this.#maxAtOnce) return;
    const delayMs = this.#options.isHidden() ? this.#everyMs : Math.max(0, next.dueAtMs - nowMs);
    this.#cancelTimer = this.#options.schedule(() => this.#go(), delayMs);
  }

  async #fetch(device: string, watched: Watched, nowMs: number): Promise<void> {
    watched.isFetching = true;
    watched.dueAtMs = nowMs + this.#everyMs;
    this.#fetching += 1;
    const fetched = await this.#options.fetch(device, this.#abort.signal);
    this.#fetching -= 1;
    watched.isFetching = false;
    this.#show(device, watched, fetched);
    this.#go();
  }

  #show(device: string, watched: Watched, fetched: Fetched): void {
    const isWanted = this.#watched.get(device) === watched;
    if (!isWanted && typeof fetched === 'object') fetched.release();
    if (!isWanted || fetched === 'unchanged') return;
    const before = watched.shown;
    watched.shown = fetched === 'none' ? undefined : fetched;
    watched.listener(watched.shown);
    before?.release();
  }
}
