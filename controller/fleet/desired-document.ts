import type { Desired } from '@homeroom/protocol';

/** What decides which page a device shows. */
export interface Wanted {
  readonly device: string;
  readonly isRevoked: boolean;
  readonly isLocked: boolean;
  readonly message: string | null;
  /** A page that a teacher pushed. */
  readonly page: string | null;
  readonly screen: 'on' | 'off';
  /** The live session of the device's seat. */
  readonly session: { readonly id: string; readonly state: string } | null;
}

export type DesiredContent = Pick<Desired, 'kiosk' | 'screen' | 'lock'>;

/**
 * The whole document that a device is to follow, but its revision. Pure. What stands above wins: withdrawn,
 * locked, a message, a pushed page, the session's desktop, the seat's own page.
 */
export function desiredDocument(wanted: Wanted): DesiredContent {
  const { screen, isLocked } = wanted;
  return { kiosk: { url: pageOf(wanted) }, screen: { power: screen }, lock: isLocked };
}

/** @returns the page of the seat itself: sign-in, waiting, locked, a message */
export function kioskPage(device: string): string {
  return `/kiosk/${device}`;
}

export function desktopPage(session: string): string {
  return `/desktop/${session}`;
}

/** States in which a session has a desktop. */
const hasDesktop: ReadonlySet<string> = new Set(['starting', 'active', 'detached']);

function pageOf({ device, isRevoked, isLocked, message, page, session }: Wanted): string {
  if (isRevoked || isLocked || message !== null) return kioskPage(device);
  if (page !== null) return page;
  return session && hasDesktop.has(session.state) ? desktopPage(session.id) : kioskPage(device);
}
