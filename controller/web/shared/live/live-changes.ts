import type { Change } from '@homeroom/protocol';
import { backOffMs } from '../back-off.ts';

/** `resync` means that changes may have been missed: fetch everything that is shown. */
export type LiveNotice = Change | 'resync';
export type LiveStatus = 'connecting' | 'live' | 'away';

/** The part of EventSource that is used here, so that tests can stand in for it. */
export interface ChangeSource {
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  onchange: ((change: Change) => void) | null;
  close(): void;
}

export interface LiveOptions {
  readonly open: () => ChangeSource;
  /** @returns a function that cancels. */
  readonly schedule: (run: () => void, delayMs: number) => () => void;
  readonly chance: () => number;
}

/**
 * One stream of changes for a whole page, shared by everything on it.
 *
 * Invariants: at most one source is open; after every opening but the first comes a `resync`; an error
 * closes the source and opens another after a back-off (EventSource alone gives up on an HTTP error).
 */
export class LiveChanges {
  readonly #options: LiveOptions;
  readonly #listeners = new Set<(notice: LiveNotice) => void>();
  readonly #watchers = new Set<() => void>();
  #source: ChangeSource | undefined;
  #cancelRetry: (() => void) | undefined;
  #failures = 0;
  #hasBeenLive = false;
  #status: LiveStatus = 'connecting';

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  get status(): LiveStatus {
    return this.#status;
  }

  /** May be called again after `stop`; a second call while running changes nothing. */
  start(): void {
    if (!this.#source && !this.#cancelRetry) this.#open();
  }

  stop(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#source?.close();
    this.#source = undefined;
  }

  /** @returns a function that ends the subscription. */
  subscribe(listener: (notice: LiveNotice) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells whenever `status` changes. @returns a function that ends it. */
  watchStatus(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #open(): void {
    const source = this.#options.open();
    this.#source = source;
    source.onopen = () => this.#opened();
    source.onchange = (change) => this.#tell(change);
    source.onerror = () => this.#failed(source);
  }

  #opened(): void {
    this.#failures = 0;
    this.#setStatus('live');
    if (this.#hasBeenLive) this.#tell('resync');
    this.#hasBeenLive = true;
  }

  #failed(source: ChangeSource): void {
    if (source !== this.#source) return;
    source.close();
    this.#source = undefined;
    this.#failures += 1;
    this.#setStatus('away');
    this.#cancelRetry = this.#options.schedule(
      () => {
        this.#cancelRetry = undefined;
        this.#open();
      },
      backOffMs(this.#failures, this.#options.chance()),
    );
  }

  #tell(notice: LiveNotice): void {
    for (const listener of this.#listeners) listener(notice);
  }

  #setStatus(status: LiveStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    for (const watcher of this.#watchers) watcher();
  }
}
