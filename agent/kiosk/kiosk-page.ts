import { toError } from '@homeroom/protocol/wire';
import { type Clock, sleep } from '../clock.ts';
import type { CdpConnection, SendOptions } from './cdp-connection.ts';
import type { CdpCommands, CdpEvent, CdpEvents, CdpMethod, KeyStroke, MouseStroke } from './cdp-protocol.ts';
import { DocumentGate, type DocumentGateEvents } from './document-gate.ts';
import { hideNameScript, showNameScript } from './identify-overlay.ts';
import type { KioskCookie } from './kiosk-port.ts';

const navigateTimeoutMs = 20_000;
const loadTimeoutMs = 20_000;
const screenshotTimeoutMs = 4_000;
/** Tried one after the other until the picture is small enough. */
const jpegQualities = [60, 40, 20, 10] as const;
const isolatedWorld = 'homeroom';

/** What a page tells its kiosk, and asks it. */
export interface KioskPageEvents extends DocumentGateEvents {
  /** The page went elsewhere by itself. */
  readonly moved: (url: string) => void;
  /** The page went elsewhere by itself, and that did not load. */
  readonly lost: (url: string) => void;
  readonly crashed: () => void;
}

export interface KioskPageOptions {
  readonly connection: CdpConnection;
  readonly clock: Clock;
  /** The path whose 401 tells that the seat's cookie is gone. */
  readonly identityPath: string;
  readonly events: KioskPageEvents;
}

/** The page or the request may be gone when our answer comes: then nothing waits for it. */
const ignoreLateAnswer = () => undefined;

export type Navigation =
  | { /** Where it ended: the page may have gone on by itself. */ readonly url: string; readonly ok: true }
  | { readonly ok: false; readonly reason: string };

/** The one page of the kiosk's browser. */
export class KioskPage {
  readonly #options: KioskPageOptions;
  readonly #sessionId: string;
  readonly #targetId: string;
  readonly #frameId: string;
  readonly #gate: DocumentGate;
  #loaded: () => void = () => undefined;
  #isNavigating = false;
  #committedUrl = '';
  #lostUrl: string | undefined;

  private constructor(options: KioskPageOptions, ids: { session: string; target: string; frame: string }) {
    this.#options = options;
    this.#sessionId = ids.session;
    this.#targetId = ids.target;
    this.#frameId = ids.frame;
    this.#gate = new DocumentGate({
      send: (method, params) => this.#send(method, params),
      frameId: ids.frame,
      identityPath: options.identityPath,
      events: {
        ...options.events,
        refused: (url) => {
          // A page whose way out was cut may never say that it has loaded.
          this.#loaded();
          options.events.refused(url);
        },
      },
    });
  }

  /** Attach to the page that the browser opened at its start, and keep it the only one. */
  static async attach(options: KioskPageOptions): Promise<KioskPage> {
    const { connection } = options;
    const target = await firstPage(options);
    const { sessionId } = await connection.send('Target.attachToTarget', { targetId: target, flatten: true });
    await connection.send('Page.enable', {}, { sessionId });
    const { frameTree } = await connection.send('Page.getFrameTree', {}, { sessionId });
    const page = new KioskPage(options, { session: sessionId, target, frame: frameTree.frame.id });
    connection.onEvent((event) => page.#hear(event));
    await page.#watch();
    return page;
  }

  /**
   * Go to a page and wait until it has loaded; a page that takes longer than 20 s counts as loaded.
   *
   * @returns why it did not load, when it did not; an HTTP status of 500 and above is one reason
   */
  async navigate(url: string, signal: AbortSignal): Promise<Navigation> {
    this.#gate.forgetStatus();
    this.#lostUrl = undefined;
    this.#committedUrl = url;
    this.#isNavigating = true;
    const loaded = new Promise<void>((resolve) => {
      this.#loaded = resolve;
    });
    try {
      const { errorText } = await this.#send(
        'Page.navigate',
        { url },
        { timeoutMs: navigateTimeoutMs, signal },
      );
      if (errorText) return { ok: false, reason: errorText };
      const { httpStatus } = this.#gate;
      if (httpStatus !== undefined && httpStatus >= 500) return { ok: false, reason: `HTTP ${httpStatus}` };
      const waited = new AbortController();
      await Promise.race([
        loaded,
        sleep(this.#options.clock, loadTimeoutMs, AbortSignal.any([signal, waited.signal])),
      ]).finally(() => waited.abort());
      if (this.#lostUrl !== undefined) return { ok: false, reason: 'it led to a page that does not load' };
      return { ok: true, url: this.#committedUrl };
    } catch (error) {
      signal.throwIfAborted();
      return { ok: false, reason: toError(error).message };
    } finally {
      this.#isNavigating = false;
    }
  }

  /** Show a document that the agent has written itself. */
  async setContent(html: string): Promise<void> {
    this.#isNavigating = true;
    try {
      await this.#send('Page.navigate', { url: 'about:blank' });
      await this.#send('Page.setDocumentContent', { frameId: this.#frameId, html });
    } finally {
      this.#isNavigating = false;
    }
  }

  /** @returns whether the browser took it */
  async setCookie(origin: string, cookie: KioskCookie): Promise<boolean> {
    const { success } = await this.#send('Network.setCookie', {
      url: origin,
      name: cookie.name,
      value: cookie.value,
      path: '/',
      httpOnly: true,
      secure: origin.startsWith('https:'),
      sameSite: 'Strict',
      expires: Math.floor(cookie.expiresAt.getTime() / 1000),
    });
    return success;
  }

  async showName(name: string, seconds: number): Promise<void> {
    await this.#evaluateApart(showNameScript(name, seconds));
  }

  async hideName(): Promise<void> {
    await this.#evaluateApart(hideNameScript());
  }

  /** @throws when the page does not answer */
  async checkAlive(timeoutMs: number): Promise<void> {
    await this.#send('Runtime.evaluate', { expression: '1' }, { timeoutMs });
  }

  /**
   * @param maxBytes wanted at most; the least quality may still be above it
   * @returns a JPEG of the page as base64
   */
  async screenshot(widthPx: number, maxBytes: number): Promise<string> {
    const { width, height } = await this.size();
    const clip = { x: 0, y: 0, width, height, scale: widthPx / Math.max(1, width) };
    let picture = '';
    for (const quality of jpegQualities) {
      const shot = { format: 'jpeg', quality, clip, optimizeForSpeed: true } as const;
      picture = (await this.#send('Page.captureScreenshot', shot, { timeoutMs: screenshotTimeoutMs })).data;
      if (picture.length * 0.75 <= maxBytes) break;
    }
    return picture;
  }

  async pressKey(stroke: KeyStroke, signal: AbortSignal): Promise<void> {
    await this.#send('Input.dispatchKeyEvent', stroke, { signal });
  }

  async moveMouse(stroke: MouseStroke, signal: AbortSignal): Promise<void> {
    await this.#send('Input.dispatchMouseEvent', stroke, { signal });
  }

  /** @returns in CSS pixels */
  async size(): Promise<{ width: number; height: number }> {
    const { cssLayoutViewport } = await this.#send('Page.getLayoutMetrics', {});
    return { width: cssLayoutViewport.clientWidth, height: cssLayoutViewport.clientHeight };
  }

  #send<M extends CdpMethod>(
    method: M,
    params: CdpCommands[M]['params'],
    options: SendOptions = {},
  ): Promise<CdpCommands[M]['result']> {
    return this.#options.connection.send(method, params, { ...options, sessionId: this.#sessionId });
  }

  async #watch(): Promise<void> {
    await this.#send('Inspector.enable', {});
    await this.#options.connection.send('Target.setDiscoverTargets', { discover: true });
    await this.#gate.open();
  }

  async #evaluateApart(expression: string): Promise<void> {
    const world = { frameId: this.#frameId, worldName: isolatedWorld };
    const { executionContextId } = await this.#send('Page.createIsolatedWorld', world);
    const answer = await this.#send('Runtime.evaluate', { expression, contextId: executionContextId });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
  }

  #hear(event: CdpEvent): void {
    if (event.method === 'Target.targetCreated') this.#closeOther(event.params);
    if (event.sessionId !== this.#sessionId) return;
    if (event.method === 'Inspector.targetCrashed') this.#options.events.crashed();
    else if (event.method === 'Page.loadEventFired') this.#loaded();
    else if (event.method === 'Page.frameNavigated') this.#noteMove(event.params);
    else if (event.method === 'Fetch.requestPaused') this.#gate.decide(event.params);
  }

  #closeOther({ targetInfo }: CdpEvents['Target.targetCreated']): void {
    if (targetInfo.type !== 'page' || targetInfo.targetId === this.#targetId) return;
    const close = this.#options.connection.send('Target.closeTarget', { targetId: targetInfo.targetId });
    close.catch(ignoreLateAnswer);
  }

  #noteMove({ frame }: CdpEvents['Page.frameNavigated']): void {
    if (frame.parentId !== undefined) return;
    if (!this.#isNavigating) {
      if (frame.unreachableUrl) this.#options.events.lost(frame.unreachableUrl);
      else this.#options.events.moved(frame.url);
    } else if (frame.unreachableUrl) {
      this.#lostUrl = frame.unreachableUrl;
      this.#loaded();
    } else {
      this.#committedUrl = frame.url;
    }
  }
}

async function firstPage({ connection, clock }: KioskPageOptions): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { targetInfos } = await connection.send('Target.getTargets', {});
    const page = targetInfos.find(({ type }) => type === 'page');
    if (page) return page.targetId;
    await sleep(clock, 50);
  }
  throw new Error('the browser opened no page');
}
