import type { Clock } from '../clock.ts';

/** Where a name is shown. */
export interface NamedPage {
  showName(name: string, seconds: number): Promise<void>;
  hideName(): Promise<void>;
}

/**
 * The seat's name over whatever is shown, for a time. It goes three ways: with its page, by its own timer in the
 * page, and by ours.
 */
export class SeatName {
  readonly #clock: Clock;
  #shown: { readonly name: string; readonly untilMs: number } | undefined;
  #cancelHide: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param page tells the page of the moment when the name shall go; undefined when there is none */
  async show(name: string, seconds: number, page: () => NamedPage | undefined): Promise<void> {
    this.stop();
    this.#shown = { name, untilMs: this.#clock.monotonicMs() + seconds * 1_000 };
    this.#cancelHide = this.#clock.after(seconds * 1_000, () => {
      this.#shown = undefined;
      // A page that does not answer takes the name away by itself.
      page()
        ?.hideName()
        .catch(() => undefined);
    });
    await page()?.showName(name, seconds);
  }

  /** Show it on a page that has come meanwhile, for the time that is left. */
  async showAgain(page: NamedPage): Promise<void> {
    if (!this.#shown) return;
    const leftMs = this.#shown.untilMs - this.#clock.monotonicMs();
    if (leftMs > 0) await page.showName(this.#shown.name, leftMs / 1_000);
  }

  stop(): void {
    this.#cancelHide();
    this.#shown = undefined;
  }
}
