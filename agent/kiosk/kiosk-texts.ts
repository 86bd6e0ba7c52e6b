import { HomeroomError } from '@homeroom/protocol/wire';
import type { KioskStatus } from './kiosk-port.ts';
import type { LocalPage } from './local-page.ts';
import { webOriginOf } from './page-rule.ts';

const messageLength = 200;

/** @returns the page that stands in for one that does not load */
export function offlinePage(url: string, controllerOrigin: string | undefined, reason: string): LocalPage {
  const isController = controllerOrigin !== undefined && webOriginOf(url) === webOriginOf(controllerOrigin);
  return {
    kind: 'offline',
    title: isController ? 'No connection to Homeroom' : 'This page does not load',
    text: `${reason}\nTrying again by itself.`,
  };
}

/** @returns the part of a URL that may stand in logs and on screens: a path or a query could tell too much */
export function originForPeople(url: string): string {
  return webOriginOf(url) ?? `${url.slice(0, 12)}…`;
}

/** @returns what the kiosk's status tells of an error */
export function faultOf(error: Error): NonNullable<KioskStatus['error']> {
  const isOurs = error instanceof HomeroomError;
  return loadFault(isOurs ? error.detail : error.message, isOurs ? error.code : undefined);
}

/** @returns a fault whose message fits the wire */
export function loadFault(message: string, code = 'kiosk_load_failed'): NonNullable<KioskStatus['error']> {
  return { code, message: message.slice(0, messageLength) };
}

/** @returns the same status without its error */
export function withoutError({ state, url, loadedAt }: KioskStatus): KioskStatus {
  return { state, url, loadedAt };
}
