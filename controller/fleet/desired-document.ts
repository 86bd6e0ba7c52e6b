import type { Desired } from '@homeroom/protocol';

/** What decides which page a device shows. */
export interface Wanted {
  readonly device: string;
  readonly isRevoked: boolean;
  readonly isLocked: boolean;
  readonly message: string | null;
  /** The live broadcast that the seat is to show. */
  readonly broadcast: string | null;
  /** A page that a teacher pushed. */
  readonly page: string | null;
  readonly screen: 'on' | 'off';
  readonly isMuted: boolean;
  /** The live session of the device's seat. */
  readonly session: { readonly id: string; readonly state: string } | null;
}

export type DesiredContent = Pick<Desired, 'kiosk' | 'screen' | 'lock' | 'audio'>;

/**
 * The whole document that a device is to follow, but its revision. Pure. What stands above wins: withdrawn,
 * locked, a message, a broadcast, a pushed page, the session's desktop, the seat's own page.
 */
export function desiredDocument(wanted: Wanted): DesiredContent {
  const { screen, isLocked, isMuted } = wanted;
  return {
    kiosk: { url: pageOf(wanted) },
    screen: { power: screen },
    lock: isLocked,
    audio: { muted: isMuted },
  };
}

/** @returns the page of the seat itself: sign-in, waiting, locked, a message */
export function kioskPage(device: string): string {
  return `/kiosk/${device}`;
}

export function desktopPage(session: string): string {
  return `/desktop/${session}`;
}

export function broadcastPage(broadcast: string): string {
  return `/broadcast/${broadcast}`;
}

/** States in which a session has a desktop. */
const hasDesktop: ReadonlySet<string> = new Set(['starting', 'active', 'detached']);

function pageOf({ device, isRevoked, isLocked, message, broadcast, page, session }: Wanted): string {
  if (isRevoked || isLocked || message !== null) return kioskPage(device);
  if (broadcast !== null) return broadcastPage(broadcast);
  if (page !== null) return page;
  return session && hasDesktop.has(session.state) ? desktopPage(session.id) : kioskPage(device);
}
