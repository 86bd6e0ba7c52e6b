import type { KioskView, Me, Session } from '@homeroom/protocol';
import { request } from '../shared/api/request.ts';
import type { LiveChanges } from '../shared/live/live-changes.ts';

export interface SessionWatch {
  /** The session as it is now, at the start and after each change. */
  readonly session: (session: Session) => void;
  /** What the teacher says to this seat; null when there is nothing. */
  readonly message: (message: string | null) => void;
}

/**
 * Follows the session, and on a kiosk its seat too. A failed look is left to the next change: the stream itself
 * tells what matters.
 */
export function watchSession(sessionId: string, me: Me, changes: LiveChanges, watch: SessionWatch): void {
  const lookAtSession = async (): Promise<void> => {
    watch.session(await request<Session>('GET', `sessions/${sessionId}`));
  };
  const lookAtSeat = async (): Promise<void> => {
    if (me.kiosk) watch.message((await request<KioskView>('GET', 'kiosk')).message);
  };
  const look = (what: () => Promise<void>): void => void what().catch(() => undefined);

  changes.subscribe((notice) => {
    if (notice === 'resync' || (notice.kind === 'session' && notice.id === sessionId)) look(lookAtSession);
    if (notice === 'resync' || notice.kind === 'device' || notice.kind === 'seat') look(lookAtSeat);
  });
  changes.start();
  look(lookAtSession);
  look(lookAtSeat);
}
