/** A picture that the page holds; `release` gives its memory back. */
export interface Picture {
  readonly url: string;
  readonly release: () => void;
}

/** `unchanged`: the one that is shown is still right, or the best there is. */
export type Fetched = Picture | 'unchanged' | 'none';

export interface PictureRequest {
  readonly device: string;
  /** Whether an earlier one is shown. */
  readonly hasPicture: boolean;
  readonly signal: AbortSignal;
}

export interface PicturesOptions {
  /** Must end by itself and not reject. */
  readonly fetch: (request: PictureRequest) => Promise<Fetched>;
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

/** One place where a device's picture is shown. */
export interface Watch {
  /** What nobody sees is not renewed, and stays as it is. */
  readonly setVisible: (isVisible: boolean) => void;
  readonly end: () => void;
}

interface Watched {
  readonly device: string;
  readonly listener: Listener;
  isVisible: boolean;
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
  readonly #watched = new Set<Watched>();
  readonly #abort = new AbortController();
  #fetching = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(options: PicturesOptions) {
    this.#options = options;
    this.#everyMs = options.everyMs ?? 1_000;
    this.#maxAtOnce = options.maxAtOnce ?? 4;
  }

  /** Show a device's picture in one more place; not visible at first. */
  watch(device: string, listener: Listener): Watch {
    const dueAtMs = this.#options.nowMs();
    const watched: Watched = {
      device,
      listener,
      isVisible: false,
      dueAtMs,
      isFetching: false,
      shown: undefined,
    };
    this.#watched.add(watched);
    return {
      setVisible: (isVisible) => {
        watched.isVisible = isVisible;
        this.#go();
      },
      end: () => {
        this.#watched.delete(watched);
        watched.shown?.release();
        watched.shown = undefined;
      },
    };
  }

  stop(): void {
    this.#abort.abort();
    this.#cancelTimer?.();
    for (const { shown } of this.#watched) shown?.release();
    this.#watched.clear();
  }

  #go(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#abort.signal.aborted) return;
    const nowMs = this.#options.nowMs();
    const isHidden = this.#options.isHidden();
    const waiting = [...this.#watched]
      .filter(({ isFetching, isVisible }) => isVisible && !isFetching)
      .toSorted((one, other) => one.dueAtMs - other.dueAtMs);
    const due = isHidden ? [] : waiting.filter(({ dueAtMs }) => dueAtMs <= nowMs);
    const begun = due.slice(0, Math.max(0, this.#maxAtOnce - this.#fetching));
    for (const watched of begun) void this.#fetch(watched, nowMs);
    const next = waiting[begun.length];
    if (!next || this.#fetching >= this.#maxAtOnce) return;
    const delayMs = isHidden ? this.#everyMs : Math.max(0, next.dueAtMs - nowMs);
    this.#cancelTimer = this.#options.schedule(() => this.#go(), delayMs);
  }

  async #fetch(watched: Watched, nowMs: number): Promise<void> {
    watched.isFetching = true;
    watched.dueAtMs = nowMs + this.#everyMs;
    this.#fetching += 1;
    const { device, shown } = watched;
    const hasPicture = shown !== undefined;
    const fetched = await this.#options.fetch({ device, hasPicture, signal: this.#abort.signal });
    this.#fetching -= 1;
    watched.isFetching = false;
    this.#show(watched, fetched);
    this.#go();
  }

  #show(watched: Watched, fetched: Fetched): void {
    const isWanted = this.#watched.has(watched);
    if (!isWanted && typeof fetched === 'object') fetched.release();
    if (!isWanted || fetched === 'unchanged') return;
    const before = watched.shown;
    watched.shown = fetched === 'none' ? undefined : fetched;
    watched.listener(watched.shown);
    before?.release();
  }
}
