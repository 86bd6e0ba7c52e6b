import type { Changes } from '../store/changes.ts';
import type { SessionRow } from './session-row.ts';

/** Tell everybody whose page shows a session, its desktop, its seat or what is left in the pool. */
export function announceSession(
  changes: Pick<Changes, 'announce'>,
  row: Pick<SessionRow, 'id' | 'template_id' | 'desktop_id' | 'seat_id'>,
): void {
  changes.announce({ kind: 'session', id: row.id });
  if (row.desktop_id) changes.announce({ kind: 'desktop', id: row.desktop_id });
  if (row.seat_id) changes.announce({ kind: 'seat', id: row.seat_id });
  changes.announce({ kind: 'pool', id: row.template_id });
  changes.announce({ kind: 'template', id: row.template_id });
}
