import { toError } from '@homeroom/protocol/wire';
import { chooseLocalPage, type ScreenSituation } from './choose-local-page.ts';
import type { Kiosk } from './kiosk/kiosk-port.ts';
import type { Log } from './log.ts';
import type { Twin } from './twin/twin.ts';

export interface ScreenGuardOptions {
  readonly kiosk: Pick<Kiosk, 'showLocal'>;
  readonly twin: Pick<Twin, 'holdPage' | 'releasePage'>;
  readonly situation: () => ScreenSituation;
  readonly log: Log;
}

/** Gives the screen to a page of the agent's own, or back to the controller's, whenever it is told to look. */
export class ScreenGuard {
  readonly #options: ScreenGuardOptions;
  #shown = '';

  constructor(options: ScreenGuardOptions) {
    this.#options = options;
  }

  look(): void {
    const { kiosk, twin, situation, log } = this.#options;
    const page = chooseLocalPage(situation());
    const text = page ? JSON.stringify(page) : '';
    if (!page) {
      this.#shown = '';
      twin.releasePage();
    } else if (text !== this.#shown) {
      this.#shown = text;
      twin.holdPage();
      kiosk
        .showLocal(page)
        .catch((caught: unknown) => log.warn('local page was not shown', { error: toError(caught) }));
    }
  }
}
