import type { KioskGuest, KioskView, Session } from '@homeroom/protocol';

/** What the kiosk's own page needs to know of its device. */
export interface KioskFacts {
  readonly device: string;
  readonly deviceName: string;
  readonly seat: string | null;
  readonly seatName: string | null;
  readonly roomName: string | null;
  readonly isRevoked: boolean;
  readonly isLocked: boolean;
  readonly message: string | null;
  /** Whose message it is when it was sent to the room: it goes when it is read. */
  readonly roomMessage: NonNullable<KioskView['roomMessage']> | null;
  /** The live broadcast that the seat is to show. */
  readonly broadcast: string | null;
  /** The live session of the seat. */
  readonly session: Session | null;
  /** The seat that the session went to which was here a moment ago. */
  readonly movedTo: string | null;
  /** What a guest may start at the seat. */
  readonly guest: KioskGuest | null;
  /** Whether somebody asked it to show itself just now. */
  readonly isIdentifying: boolean;
}

/** What the kiosk page of a seat shows now. Pure; the order agrees with the desired document's. */
export function kioskViewOf(facts: KioskFacts): KioskView {
  const { device, deviceName, seat, seatName, roomName, message, roomMessage } = facts;
  const { broadcast, session, movedTo, guest, isIdentifying } = facts;
  return {
    device,
    deviceName,
    seat,
    seatName,
    roomName,
    view: viewOf(facts),
    message,
    roomMessage,
    broadcast,
    session,
    movedTo,
    guest,
    identify: isIdentifying,
  };
}

function viewOf({ isRevoked, isLocked, message, broadcast, seat, session }: KioskFacts): KioskView['view'] {
  if (isRevoked) return 'revoked';
  if (isLocked) return 'locked';
  if (message !== null) return 'message';
  if (broadcast !== null) return 'broadcast';
  if (seat === null) return 'unassigned';
  if (!session || session.state === 'ended') return 'sign-in';
  return session.state === 'waiting' ? 'waiting' : 'desktop';
}
