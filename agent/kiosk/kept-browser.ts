import { toError } from '@homeroom/protocol/wire';
import { backoffMs } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { Heartbeat } from './heartbeat.ts';

const restartRule = { firstMs: 250, maxMs: 30_000 };
/** A browser that lived so long has not failed at its start. */
const settledMs = 60_000;

/** What is asked of a browser that runs. */
export interface WatchedBrowser {
  readonly browser: { readonly ended: Promise<string>; end(): Promise<void> };
  readonly page: { checkAlive(timeoutMs: number): Promise<void> };
  readonly pins: readonly string[];
  /** By the monotonic clock. */
  readonly openedMs: number;
}

export interface KeptBrowserOptions<Open extends WatchedBrowser> {
  /** @param crashed to be called when the page has crashed */
  readonly launch: (pins: readonly string[], crashed: () => void) => Promise<Open>;
  readonly pinnedSpki: () => readonly string[];
  /** Called when the browser ended by itself. @param waitMs how long to wait before another one is opened */
  readonly onCrash: (reason: string, waitMs: number) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 to 1. */
  readonly chance: () => number;
}

/** Keeps one browser at most, notices when it ends or hangs, and removes what is left of it. */
export class KeptBrowser<Open extends WatchedBrowser> {
  readonly #options: KeptBrowserOptions<Open>;
  #open: Open | undefined;
  #heartbeat: Heartbeat | undefined;
  #mustRestart = false;
  #crashes = 0;

  constructor(options: KeptBrowserOptions<Open>) {
    this.#options = options;
  }

  /** The browser that runs; undefined when none does. */
  get current(): Open | undefined {
    return this.#open;
  }

  /** Have the next {@link open} start another browser. */
  askRestart(): void {
    this.#mustRestart = true;
  }

  /**
   * Not to be called again before it has settled.
   *
   * @returns the browser that runs, or one that was started now
   * @throws whatever launching throws
   */
  async open(): Promise<Open> {
    const pins = this.#options.pinnedSpki();
    // Chromium takes its pins at its start alone.
    const hasOtherPins = this.#open !== undefined && this.#open.pins.join() !== pins.join();
    if (this.#mustRestart || hasOtherPins) await this.close();
    this.#mustRestart = false;
    if (this.#open) return this.#open;
    const open = await this.#options.launch(pins, () => void this.#noteCrash(open, 'the page crashed'));
    this.#open = open;
    void open.browser.ended.then((reason) => this.#noteCrash(open, reason));
    this.#heartbeat = new Heartbeat({
      check: (timeoutMs) => open.page.checkAlive(timeoutMs),
      onDead: () => void this.#noteCrash(open, 'the page does not answer'),
      clock: this.#options.clock,
    });
    this.#heartbeat.start();
    return open;
  }

  /** End the browser, if one runs. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#heartbeat?.stop();
    await open?.browser.end();
  }

  async #noteCrash(open: Open, reason: string): Promise<void> {
    if (this.#open !== open) return;
    this.#open = undefined;
    this.#heartbeat?.stop();
    const { log, clock, chance, onCrash } = this.#options;
    log.error('The kiosk’s browser ended', { reason });
    const livedMs = clock.monotonicMs() - open.openedMs;
    this.#crashes = livedMs > settledMs ? 1 : this.#crashes + 1;
    onCrash(reason, backoffMs(restartRule, this.#crashes, chance()));
    await open.browser
      .end()
      .catch((error: unknown) => log.error('A dead browser is in the way', { error: toError(error) }));
  }
}
