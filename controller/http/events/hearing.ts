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

/** What is known of what changed. */
export interface About {
  readonly session?: Session | undefined;
  readonly teachers?: ReadonlySet<string> | undefined;
}

/**
 * Which changes a page is told of. Pure: everything it needs is given.
 *
 * @param about.session the record, for a change of a session; undefined when it is gone
 * @param about.teachers of whose rooms it is; undefined when it is for every teacher
 */
export function mayHear(listener: Listener, change: Change, about: About = {}): boolean {
  const { caller } = listener;
  if (hasRole(caller, 'admin')) return true;
  const isForTeacher = hasRole(caller, 'teacher') && isOfTheirs(caller, about);
  switch (change.kind) {
    case 'template':
    case 'pool':
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
    // Students look at their timetable, too.
    case 'lesson':
      return !hasRole(caller, 'teacher') || isForTeacher;
    case 'session':
      return isForTeacher || isOwnSession(listener, change.id, about.session);
    case 'device':
      return isForTeacher || caller.kiosk?.deviceId === change.id;
    case 'seat':
      return isForTeacher || listener.seat === change.id;
    default:
      return isForTeacher;
  }
}

function isOfTheirs({ person }: Caller, { teachers }: About): boolean {
  return teachers === undefined || (person !== undefined && teachers.has(person.user.id));
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
