import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { type ErrorCode, errorCodeOf, HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { StreamAddress } from '../desktops/provider.ts';
import type { ByteChannel } from './byte-channel.ts';
import { closeCodeOf } from './close-code.ts';
import { FilteredChannel } from './filtered-channel.ts';
import type { GatewayMetrics } from './gateway-metrics.ts';
import type { StreamHolder, StreamRight, StreamSessions, StreamTickets } from './ports.ts';
import { relay } from './relay.ts';
import { BrowserHandshake } from './rfb/browser-handshake.ts';
import { ClientFilter } from './rfb/client-filter.ts';
import { protocolVersion } from './rfb/handshake.ts';
import { InputScanner } from './rfb/input-scanner.ts';
import { VncServerHandshake } from './rfb/vnc-server-handshake.ts';
import { shakeHands } from './shake-hands.ts';
import type { StreamDialer } from './stream-dialer.ts';
import type { StreamLedger } from './stream-ledger.ts';
import type { ViewLedger } from './view-ledger.ts';
import type { WebSocketChannel } from './web-socket-channel.ts';

const handshakeTimeoutMs = 10_000;
/** Of a browser before the desktop has spoken: one message is usual. */
const maxEarlyMessages = 16;
/** How long a desktop may take to become its user's before the page is told to come again. */
const assignTimeoutMs = 15_000;
/** In case that the news of it was missed. */
const lookAgainMs = 500;
/** Input is noted for idleness alone; every few seconds is more than enough. */
const inputNoteEveryMs = 5_000;

export interface StreamOptions {
  readonly sessionId: string;
  readonly ticket: string;
  readonly holder: StreamHolder;
  readonly browser: WebSocketChannel;
  readonly sessions: StreamSessions;
  readonly tickets: StreamTickets;
  readonly dialer: StreamDialer;
  readonly ledger: StreamLedger;
  readonly views: ViewLedger;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
}

interface Address {
  readonly stream: StreamAddress;
  readonly desktopId: string;
}

/** Both sides after their handshakes, with what they sent ahead. */
interface Ready {
  readonly desktop: ByteChannel;
  readonly fromDesktop: Buffer[];
  readonly fromBrowser: Buffer[];
}

/** One browser at one desktop, from its ticket to its end. */
export class Stream {
  readonly sessionId: string;
  readonly holder: StreamHolder;
  readonly #options: StreamOptions;
  readonly #scanner = new InputScanner();
  readonly #over = new AbortController();
  readonly #startedAt = performance.now();
  #right: StreamRight | undefined;
  #redeemed: (() => void) | undefined;
  #desktop: ByteChannel | undefined;
  #news = Promise.withResolvers<void>();
  #endedBy: ErrorCode | undefined;
  #hasLeft = false;
  #lastNoteAt = Number.NEGATIVE_INFINITY;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.sessionId = options.sessionId;
    this.holder = options.holder;
  }

  /** What it is open for; undefined until its ticket is redeemed. */
  get right(): StreamRight | undefined {
    return this.#right;
  }

  /** Who is told when its ticket is redeemed; replaces the one before. */
  onRedeemed(listener: () => void): void {
    this.#redeemed = listener;
  }

  /** Run it to its end. Never throws: what went wrong is told to the browser by its close code. */
  async run(): Promise<void> {
    const { browser, metrics, logger, sessionId } = this.#options;
    let code: ErrorCode | null;
    const left = browser.closed.then(() => {
      this.#hasLeft = true;
      this.#over.abort();
    });
    try {
      code = await this.#serve();
    } catch (caught) {
      code = this.#endedBy ?? (this.#hasLeft ? null : errorCodeOf(caught));
      const reason = toError(caught).message;
      if (code === 'internal') logger.error({ err: toError(caught), sessionId }, 'a stream broke');
      else if (code) logger.info({ sessionId, code, reason }, 'a stream was refused or broke');
    }
    this.#over.abort();
    this.#desktop?.destroy();
    if (code) browser.close(closeCodeOf(code), code);
    metrics.ended(code);
    await left;
  }

  /** End it because of something outside: the session ended, the controller stops. */
  end(code: ErrorCode): void {
    this.#endedBy ??= code;
    this.#options.browser.close(closeCodeOf(code), code);
    this.#over.abort();
    this.#desktop?.destroy();
  }

  /** Ask whether the browser is still there; one that did not answer the last time is cut off. */
  checkAlive(): void {
    if (!this.#options.browser.checkAlive()) this.#options.browser.destroy();
  }

  /** Something changed about the session: an address that was waited for may be there. */
  lookAgain(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }

  /** @returns why it ended; null when the browser left */
  async #serve(): Promise<ErrorCode | null> {
    const { browser, ticket, holder, tickets, sessionId } = this.#options;
    const { deviceId, signInHash } = holder;
    // A VNC client says nothing before the server's greeting; it is listened to, so that its leaving is noticed.
    browser.onBytes(() => this.end('stream_unreachable'));
    browser.resume();
    const right = await tickets.redeem(ticket, { sessionId, deviceId, signInHash });
    this.#right = right;
    this.#redeemed?.();
    const greeted = this.#greetBrowser();
    // Its failure ends the stream, whenever it comes; to leave is no failure.
    greeted.catch((caught) => !this.#hasLeft && this.end(errorCodeOf(caught)));
    const address = await this.#awaitAddress();
    const counted = this.#count(right);
    // Counting runs beside the handshakes; its failure ends the stream, whenever it comes.
    counted.catch((caught) => this.end(errorCodeOf(caught)));
    try {
      const { desktop, fromBrowser, fromDesktop } = await this.#shakeHands(address, greeted);
      await counted;
      if (this.#endedBy) return this.#endedBy;
      const filter = filterFor(right);
      for (const bytes of fromBrowser) this.#sendEarly(filter ? filter.pass(bytes) : bytes, desktop);
      for (const bytes of fromDesktop) browser.write(bytes);
      const first = await relay(desktop, this.#filtered(filter), this.#observer());
      if (this.#endedBy) return this.#endedBy;
      return first === 'desktop' ? 'stream_closed' : null;
    } finally {
      await counted.then(
        (tellClosed) => tellClosed(),
        () => undefined,
      );
    }
  }

  /** Its user's stream makes a session active; one of somebody who looks keeps nothing alive. */
  #count(right: StreamRight): Promise<() => void> {
    const { ledger, views, sessionId, holder } = this.#options;
    if (right.purpose === 'own') return ledger.open(sessionId);
    const { deviceId, userId } = holder;
    return views.open({ ...right, sessionId, deviceId, userId }, (code) => this.end(code));
  }

  #filtered(filter: ClientFilter | undefined): ByteChannel {
    const { browser, logger, sessionId } = this.#options;
    if (!filter) return browser;
    return new FilteredChannel(browser, filter, (fault) => {
      logger.info({ sessionId, reason: fault.message }, 'a viewer was cut off');
      this.end('not_allowed');
    });
  }

  /**
   * A desktop that is on its way (some tens of milliseconds on a host) is waited for here, which is
   * quicker than a page that asks again and again.
   *
   * @throws session_not_ready at once for a queued session, and when it takes too long; session_ended
   */
  async #awaitAddress(): Promise<Address> {
    const { sessions, sessionId } = this.#options;
    const signal = AbortSignal.any([AbortSignal.timeout(assignTimeoutMs), this.#over.signal]);
    for (;;) {
      const news = this.#news.promise;
      const session = await sessions.get(sessionId);
      try {
        const stream = await sessions.streamOf(sessionId);
        if (session?.desktop) return { stream, desktopId: session.desktop };
      } catch (caught) {
        const isComing = session?.state === 'starting' && errorCodeOf(caught) === 'session_not_ready';
        if (!isComing) throw caught;
      }
      // An abort of the wait is no failure: it is told below.
      await Promise.race([news, delay(lookAgainMs, undefined, { signal })]).catch(() => undefined);
      if (signal.aborted) throw new HomeroomError('session_not_ready');
    }
  }

  /**
   * The browser's handshake needs nothing of the desktop, so it runs while that is on its way: on a slow network
   * it is half of the wait.
   *
   * @returns what the browser said ahead; it grows until the relay takes over
   */
  async #greetBrowser(): Promise<Buffer[]> {
    const { browser } = this.#options;
    browser.write(protocolVersion);
    const said = await shakeHands(browser, new BrowserHandshake(), this.#handshakeSignal());
    // It goes on being listened to, so that its leaving is noticed; it has little to say before the desktop speaks.
    browser.onBytes((bytes) => {
      if (said.push(bytes) > maxEarlyMessages) this.end('stream_unreachable');
    });
    browser.resume();
    return said;
  }

  async #shakeHands(address: Address, greeted: Promise<Buffer[]>): Promise<Ready> {
    const { metrics } = this.#options;
    const [ready, fromBrowser] = await Promise.all([
      this.#openDesktop(address, this.#handshakeSignal()),
      greeted,
    ]);
    metrics.opened((performance.now() - this.#startedAt) / 1000);
    return { ...ready, fromBrowser };
  }

  #handshakeSignal(): AbortSignal {
    return AbortSignal.any([AbortSignal.timeout(handshakeTimeoutMs), this.#over.signal]);
  }

  async #openDesktop(
    { stream, desktopId }: Address,
    signal: AbortSignal,
  ): Promise<Omit<Ready, 'fromBrowser'>> {
    const desktop = await this.#options.dialer.dial(stream, desktopId, signal);
    this.#desktop = desktop;
    // It may have been given up while it was dialled.
    if (signal.aborted) desktop.destroy();
    return { desktop, fromDesktop: await shakeHands(desktop, new VncServerHandshake(stream.secret), signal) };
  }

  #sendEarly(bytes: Buffer, desktop: ByteChannel): void {
    if (bytes.length === 0) return;
    this.#noteInput(bytes);
    desktop.write(bytes);
  }

  #observer() {
    const { metrics } = this.#options;
    return {
      fromDesktop: (bytes: Buffer) => metrics.bytes('to-browser', bytes.length),
      fromBrowser: (bytes: Buffer) => {
        metrics.bytes('to-desktop', bytes.length);
        this.#noteInput(bytes);
      },
    };
  }

  #noteInput(bytes: Buffer): void {
    if (this.#right && isViewOnly(this.#right)) return;
    if (!this.#scanner.sawInput(bytes)) return;
    const now = performance.now();
    if (now - this.#lastNoteAt < inputNoteEveryMs) return;
    this.#lastNoteAt = now;
    const { sessions, sessionId, logger } = this.#options;
    sessions
      .inputSeen(sessionId)
      .catch((caught) => logger.warn({ err: toError(caught), sessionId }, 'input could not be noted'));
  }
}

function isViewOnly({ purpose }: StreamRight): boolean {
  return purpose === 'watch' || purpose === 'broadcast';
}

/** @returns undefined where everything goes through untouched */
function filterFor(right: StreamRight): ClientFilter | undefined {
  if (right.purpose === 'own') return undefined;
  return new ClientFilter(isViewOnly(right) ? 'view' : 'control');
}
