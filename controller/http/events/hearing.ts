import type { Change, Session } from '@homeroom/protocol';
import { hasRole } from '../access.ts';
import type { Caller } from '../caller.ts';

/** What is known about a listener beside who it is. */
export interface Listener {
  readonly caller: Caller;
  /** The seat of its kiosk; null for any other browser. */
  readonly seat: string | null;
  /** The session that its kiosk showed last: it must hear that it left. */
  readonly lastSession: string | null;
}

/**
 * Which changes a page is told of. Pure: everything it needs is given.
 *
 * @param session the record, for a change of a session; undefined when it is gone
 */
export function mayHear(listener: Listener, change: Change, session: Session | undefined): boolean {
  const { caller } = listener;
  if (hasRole(caller, 'admin')) return true;
  switch (change.kind) {
    case 'template':
    case 'pool':
    case 'lesson':
    case 'quota':
      return true;
    // The page of one's own tokens; the id of somebody else's tells nothing.
    case 'token':
      return caller.person !== undefined;
    case 'enrolment':
    case 'join-token':
    case 'credential':
    case 'finding':
      return false;
    case 'session':
      return hasRole(caller, 'teacher') || isOwnSession(listener, change.id, session);
    case 'device':
      return hasRole(caller, 'teacher') || caller.kiosk?.deviceId === change.id;
    case 'seat':
      return hasRole(caller, 'teacher') || listener.seat === change.id;
    default:
      return hasRole(caller, 'teacher');
  }
}

function isOwnSession(
  { caller, seat, lastSession }: Listener,
  id: string,
  session: Session | undefined,
): boolean {
  if (caller.kiosk && id === lastSession) return true;
  if (!session) return false;
  return session.user === caller.person?.user.id || (seat !== null && session.seat === seat);
}
