import type { Reported } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { LocalPage } from './local-page.ts';
import type { Place, Strokes } from './seat-input.ts';

export type KioskStatus = Reported['kiosk'];

/** The cookie that tells the controller which seat this browser is. */
export interface KioskCookie {
  readonly name: string;
  readonly value: string;
  readonly expiresAt: Date;
}

/**
 * The browser on a seat's screen. It shows one page, goes to the next without a restart, comes back when it
 * dies, and has a page of its own for when the wanted one cannot be loaded.
 */
export interface Kiosk {
  /** Start the browser. A missing one is no failure: `status` tells it, and it is looked for again. */
  start(): Promise<void>;
  /** End the browser and every process of it. */
  stop(): Promise<void>;
  /**
   * Show a page, now and after each crash, until something else is to be shown. Resolves when the first attempt
   * has ended, loaded or not: `status` tells, and a page that did not load is tried again.
   *
   * @param url absolute
   * @throws kiosk_url_not_allowed; the screen stays as it is
   */
  show(url: string): Promise<void>;
  /** Show a page of the agent's own. */
  showLocal(page: LocalPage): Promise<void>;
  /**
   * Lay the seat's name over whatever is shown.
   *
   * @throws kiosk_load_failed when there is no browser to show it
   */
  identify(seconds: number, name: string): Promise<void>;
  /** End the browser, start it again, and show what was shown. */
  restart(): Promise<void>;
  /**
   * A small JPEG of the screen. Whoever asks within a second of the last one gets that one, whatever its width.
   *
   * @param maxBytes wanted at most, by a lower quality; a busy screen at the lowest may still be above it
   * @throws kiosk_load_failed when there is no browser
   */
  screenshot(widthPx: number, maxBytes?: number): Promise<{ base64: string; takenAt: Date }>;
  /**
   * Type at what is shown, as the seat's keyboard does; strokes of one call are not mixed with another's.
   *
   * @throws kiosk_load_failed when there is no browser
   */
  type(strokes: Strokes, signal: AbortSignal): Promise<void>;
  /**
   * Click on what is shown, as the seat's mouse does.
   *
   * @throws kiosk_load_failed when there is no browser
   */
  click(place: Place, signal: AbortSignal): Promise<void>;
  readonly status: KioskStatus;
  /** @returns a function that ends the subscription */
  onStatus(listener: (status: KioskStatus) => void): () => void;
  /** @param listener gets the browser's last words; @returns a function that ends the subscription */
  onCrash(listener: (reason: string) => void): () => void;
}

export interface KioskOptions {
  /** The browser's profile is kept below it. */
  readonly dataDir: string;
  /** `https://host:port` once the agent knows its controller. */
  readonly controllerOrigin: () => string | undefined;
  /** Further origins that may be shown, each as `https://host[:port]`. */
  readonly allowedOrigins: readonly string[];
  /** Base64 SHA-256 hashes of the public keys whose certificates the browser shall trust. */
  readonly pinnedSpki: () => readonly string[];
  /** Fetches a fresh cookie; undefined when the device has no credential yet. */
  readonly kioskCookie: () => Promise<KioskCookie | undefined>;
  readonly headless: boolean;
  readonly size: { readonly width: number; readonly height: number };
  readonly log: Log;
  readonly clock: Clock;
  /** The agent's own; the browser gets what it needs of it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where the browser is looked for. */
  readonly programFolders?: readonly string[];
}
