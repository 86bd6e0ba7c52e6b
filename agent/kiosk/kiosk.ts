import { totalmem } from 'node:os';
import { programFolders } from '../find-program.ts';
import { browserEnvironment } from './browser-environment.ts';
import { ChromiumKiosk } from './chromium-kiosk.ts';
import type { Kiosk, KioskOptions } from './kiosk-port.ts';

export type { Kiosk, KioskCookie, KioskOptions, KioskStatus } from './kiosk-port.ts';
export type { LocalPage } from './local-page.ts';

/** @returns a kiosk that is not started yet; its browser is Debian's Chromium, or Chrome. */
export function createKiosk(options: KioskOptions): Kiosk {
  return new ChromiumKiosk({
    programFolders,
    ...options,
    environment: browserEnvironment(options.environment),
    isRoot: process.getuid?.() === 0,
    memoryMiB: Math.round(totalmem() / 1024 / 1024),
    chance: Math.random,
  });
}
