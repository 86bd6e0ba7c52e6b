import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HomeroomError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import { findProgram } from '../find-program.ts';
import { Browser } from './browser.ts';
import { browserArguments } from './browser-arguments.ts';
import { KioskPage, type KioskPageEvents } from './kiosk-page.ts';

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const;
/** The controller's own API, by which a page learns its seat. */
const identityPath = '/api/v1/kiosk';

/** A browser that runs, with its page. */
export interface OpenBrowser {
  readonly browser: Browser;
  readonly page: KioskPage;
  readonly pins: readonly string[];
  /** By the monotonic clock. */
  readonly openedMs: number;
}

export interface BrowserLauncherOptions {
  readonly dataDir: string;
  readonly headless: boolean;
  readonly size: { readonly width: number; readonly height: number };
  readonly programFolders: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly isRoot: boolean;
  readonly memoryMiB: number;
  readonly clock: Clock;
}

/** Starts browsers with the agent's own profile, one at a time. */
export class BrowserLauncher {
  readonly #options: BrowserLauncherOptions;

  constructor(options: BrowserLauncherOptions) {
    this.#options = options;
  }

  /**
   * @throws kiosk_browser_missing, or what the browser says when it does not start
   */
  async open(pins: readonly string[], events: KioskPageEvents): Promise<OpenBrowser> {
    const { clock, dataDir, environment } = this.#options;
    const program = await findProgram(browserNames, this.#options.programFolders);
    if (!program) throw new HomeroomError('kiosk_browser_missing');
    const profileDir = join(dataDir, 'kiosk-profile');
    await mkdir(profileDir, { recursive: true, mode: 0o700 });
    const browser = await Browser.start({
      program,
      args: browserArguments({ ...this.#options, profileDir, pinnedSpki: pins }),
      environment,
      profileDir,
      noteFile: join(dataDir, 'kiosk-browser.json'),
      clock,
    });
    try {
      const page = await KioskPage.attach({ connection: browser.connection, clock, identityPath, events });
      return { browser, page, pins, openedMs: clock.monotonicMs() };
    } catch (error) {
      await browser.end();
      throw error;
    }
  }
}
