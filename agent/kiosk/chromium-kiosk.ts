import { errorCodeOf, HomeroomError, toError } from '@homeroom/protocol/wire';
import type { Log } from '../log.ts';
import { Attempts } from './attempts.ts';
import { BrowserLauncher, type OpenBrowser } from './browser-launcher.ts';
import { KeptBrowser } from './kept-browser.ts';
import { KioskIdentity } from './kiosk-identity.ts';
import type { Navigation } from './kiosk-page.ts';
import type { Kiosk, KioskOptions, KioskStatus } from './kiosk-port.ts';
import { faultOf, loadFault, offlinePage, originForPeople, withoutError } from './kiosk-texts.ts';
import { type LocalPage, renderLocalPage } from './local-page.ts';
import { isPageAllowed, webOriginOf } from './page-rule.ts';
import { type Place, SeatInput, type Strokes } from './seat-input.ts';
import { SeatName } from './seat-name.ts';
import { type Snapshot, Snapshots } from './snapshots.ts';
import { whyNotReachable } from './why-not-reachable.ts';

/*
 * Rules: what is wanted is kept in one place, and one attempt at a time brings it on the screen (`attempts.ts`), in the
 * one browser that is kept (`kept-browser.ts`). Everything that goes wrong ends in a later attempt; nothing but `stop`
 * ends the trying.
 */

const missingBrowserMs = 60_000;
const snapshotBytesAt480 = 60_000;
const snapshotBytesMax = 280_000;

const startingPage: LocalPage = { kind: 'starting', title: 'Starting', text: 'One moment, please.' };

export type ChromiumKioskOptions = Required<KioskOptions> & {
  readonly isRoot: boolean;
  readonly memoryMiB: number;
  /** 0 to 1. */
  readonly chance: () => number;
};

type Wanted = { readonly url: string } | { readonly page: LocalPage };

/** {@link Kiosk} with Chromium as our child. */
export class ChromiumKiosk implements Kiosk {
  readonly #options: ChromiumKioskOptions;
  readonly #log: Log;
  readonly #launcher: BrowserLauncher;
  readonly #browser: KeptBrowser<OpenBrowser>;
  readonly #attempts: Attempts;
  readonly #identity: KioskIdentity;
  readonly #seatName: SeatName;
  readonly #seatInput = new SeatInput();
  readonly #snapshots: Snapshots;
  readonly #statusListeners = new Set<(status: KioskStatus) => void>();
  readonly #crashListeners = new Set<(reason: string) => void>();
  #wanted: Wanted = { page: startingPage };
  #status: KioskStatus = { state: 'starting', url: null, loadedAt: null };
  #shownOwn: { readonly page: OpenBrowser['page']; readonly html: string } | undefined;

  constructor(options: ChromiumKioskOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#seatName = new SeatName(options.clock);
    this.#snapshots = new Snapshots(options.clock);
    this.#launcher = new BrowserLauncher(options);
    this.#attempts = new Attempts({ ...options, attempt: (signal) => this.#try(signal) });
    this.#browser = new KeptBrowser({
      ...options,
      launch: (pins, crashed) => this.#launch(pins, crashed),
      onCrash: (reason, waitMs) => this.#noteCrash(reason, waitMs),
    });
    this.#identity = new KioskIdentity({
      fetchCookie: options.kioskCookie,
      setCookie: async (cookie) => {
        const origin = options.controllerOrigin();
        if (origin === undefined) return false;
        return (await this.#browser.current?.page.setCookie(origin, cookie)) ?? false;
      },
      clock: options.clock,
      log: options.log,
    });
  }

  get status(): KioskStatus {
    return this.#status;
  }

  async start(): Promise<void> {
    await this.#attempts.start();
  }

  async stop(): Promise<void> {
    const ended = this.#attempts.stop();
    this.#seatName.stop();
    this.#identity.stop();
    await ended;
    await this.#browser.close();
  }

  async show(url: string): Promise<void> {
    if (!this.#isAllowed(url)) {
      const error = new HomeroomError(
        'kiosk_url_not_allowed',
        `${originForPeople(url)} may not be shown here`,
      );
      this.#setStatus({ ...this.#status, error: faultOf(error) });
      throw error;
    }
    const wanted = 'url' in this.#wanted ? this.#wanted.url : undefined;
    // The page may have gone there by itself: loading it again would only make the person wait twice.
    const isShown = this.#status.state === 'showing' && (wanted === url || this.#status.url === url);
    this.#wanted = { url };
    if (isShown) this.#setStatus(withoutError(this.#status));
    else await this.#attempts.renew();
  }

  async showLocal(page: LocalPage): Promise<void> {
    this.#wanted = { page };
    await this.#attempts.renew();
  }

  async identify(seconds: number, name: string): Promise<void> {
    this.#needBrowser();
    await this.#seatName.show(name, seconds, () => this.#browser.current?.page);
  }

  async restart(): Promise<void> {
    this.#browser.askRestart();
    await this.#attempts.renew();
  }

  async screenshot(widthPx: number, maxBytes: number = snapshotBytesMax): Promise<Snapshot> {
    const { page } = this.#needBrowser();
    const limit = Math.min(maxBytes, snapshotBytesMax, snapshotBytesAt480 * (widthPx / 480) ** 2);
    return this.#snapshots.get(() => page.screenshot(widthPx, limit));
  }

  async type(strokes: Strokes, signal: AbortSignal): Promise<void> {
    await this.#seatInput.type(strokes, this.#needBrowser().page, signal);
  }

  async click(place: Place, signal: AbortSignal): Promise<void> {
    await this.#seatInput.click(place, this.#needBrowser().page, signal);
  }

  onStatus(listener: (status: KioskStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  onCrash(listener: (reason: string) => void): () => void {
    this.#crashListeners.add(listener);
    return () => this.#crashListeners.delete(listener);
  }

  /** Bring what is wanted on the screen. */
  async #try(signal: AbortSignal): Promise<void> {
    try {
      const open = await this.#browser.open();
      if ('page' in this.#wanted) await this.#showOwn(open, this.#wanted.page);
      else await this.#showUrl(open, this.#wanted.url, signal);
      await this.#seatName.showAgain(open.page);
    } catch (error) {
      if (!signal.aborted) this.#noteFailure(toError(error));
    }
  }

  #launch(pins: readonly string[], crashed: () => void): Promise<OpenBrowser> {
    return this.#launcher.open(pins, {
      isAllowed: (url) => this.#isAllowed(url),
      refused: (url) =>
        this.#log.warn('A page that is not allowed was asked for', { url: originForPeople(url) }),
      unauthorised: () => void this.#replaceIdentity(),
      moved: (url) => this.#noteMove(url),
      lost: (url) => this.#noteLoss(url),
      crashed,
    });
  }

  async #showOwn({ page }: OpenBrowser, own: LocalPage): Promise<void> {
    await this.#setHtml(page, own);
    this.#attempts.succeeded();
    this.#setStatus({ state: 'local', url: null, loadedAt: this.#now() });
  }

  async #showUrl(open: OpenBrowser, url: string, signal: AbortSignal): Promise<void> {
    const navigation = await this.#navigate(open, url, signal);
    signal.throwIfAborted();
    if (navigation.ok) {
      this.#attempts.succeeded();
      this.#setStatus({ state: 'showing', url: navigation.url.slice(0, 2048), loadedAt: this.#now() });
      return;
    }
    this.#log.warn('A page did not load', { url: originForPeople(url), reason: navigation.reason });
    this.#setStatus({ state: 'failed', url, loadedAt: null, error: loadFault(navigation.reason) });
    await this.#setHtml(open.page, offlinePage(url, this.#options.controllerOrigin(), navigation.reason));
    this.#attempts.retryLater();
  }

  async #navigate({ page }: OpenBrowser, url: string, signal: AbortSignal): Promise<Navigation> {
    const origin = webOriginOf(url);
    if (origin !== undefined && origin === this.#controllerOrigin()) {
      const reason = await whyNotReachable(origin, this.#options.clock);
      if (reason !== undefined) return { ok: false, reason };
      await this.#identity.prepare();
    }
    signal.throwIfAborted();
    this.#shownOwn = undefined;
    return page.navigate(url, signal);
  }

  async #setHtml(page: OpenBrowser['page'], own: LocalPage): Promise<void> {
    const html = renderLocalPage(own);
    if (this.#shownOwn?.page === page && this.#shownOwn.html === html) return;
    await page.setContent(html);
    this.#shownOwn = { page, html };
  }

  #noteFailure(error: Error): void {
    const code = errorCodeOf(error);
    this.#log.error('The kiosk’s browser does not start or answer', { error });
    this.#setStatus({ state: 'failed', url: null, loadedAt: null, error: faultOf(error) });
    if (code === 'kiosk_browser_missing') this.#attempts.retryAfter(missingBrowserMs);
    else this.#attempts.retryLater();
  }

  #noteCrash(reason: string, waitMs: number): void {
    this.#setStatus({
      state: 'starting',
      url: null,
      loadedAt: null,
      error: loadFault(`The browser ended: ${reason}`),
    });
    for (const listener of this.#crashListeners) listener(reason);
    this.#attempts.retryAfter(waitMs);
  }

  #noteMove(url: string): void {
    if (this.#status.state === 'showing') this.#setStatus({ ...this.#status, url: url.slice(0, 2048) });
  }

  #noteLoss(url: string): void {
    this.#log.warn('The page went to one that does not load', { url: originForPeople(url) });
    if (this.#status.state === 'showing') this.#attempts.retryLater();
  }

  async #replaceIdentity(): Promise<void> {
    if (await this.#identity.replace()) await this.#attempts.renew();
  }

  #needBrowser(): OpenBrowser {
    if (this.#browser.current) return this.#browser.current;
    throw new HomeroomError('kiosk_load_failed', this.#status.error?.message ?? 'the browser does not run');
  }

  #isAllowed(url: string): boolean {
    const controller = this.#options.controllerOrigin();
    return isPageAllowed(url, [...(controller ? [controller] : []), ...this.#options.allowedOrigins]);
  }

  #controllerOrigin(): string | undefined {
    const origin = this.#options.controllerOrigin();
    return origin === undefined ? undefined : webOriginOf(origin);
  }

  #now(): string {
    return this.#options.clock.now().toISOString();
  }

  #setStatus(status: KioskStatus): void {
    this.#status = status;
    for (const listener of this.#statusListeners) listener(status);
  }
}
