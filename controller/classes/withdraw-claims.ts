import { endSession } from '../sessions/end-session.ts';
import type { SessionRow } from '../sessions/session-row.ts';
import type { Actor } from '../store/actor.ts';
import type { Queryable } from '../store/database.ts';

/** Those that still wait, where the run had asked for them: whoever has a desktop by now, or went elsewhere, keeps it. */
const waitingSql = `
select s.id, s.xmin::text as version from class_run_seats c join sessions s on s.id = c.session_id and s.seat_id = c.seat_id
where c.run_id = $1 and s.state = 'waiting' order by s.id for update of s`;

const lateSql = `
update class_run_seats c set session_id = s.id from class_runs r, sessions s
where c.run_id = $1 and c.seat_id = $2 and r.id = c.run_id and r.state = 'cancelled' and s.id = $3
returning c.run_id`;

/**
 * Take back what a start that is cancelled asked for and nobody got: sessions that wait in the queue.
 *
 * @param tx a transaction, in which the run was cancelled
 * @returns the sessions that ended
 */
export async function withdrawClaims(tx: Queryable, run: string, actor: Actor): Promise<SessionRow[]> {
  const waiting = await tx.query<{ id: string; version: string }>(waitingSql, [run]);
  const reason = 'The start of the class was cancelled.';
  const ended: SessionRow[] = [];
  for (const each of waiting) {
    // Whoever signed in there meanwhile may choose for themselves.
    const end = { ...each, endReason: 'teacher', reason, actor, staysSignedIn: true } as const;
    const row = await endSession(tx, end);
    if (row) ended.push(row);
  }
  return ended;
}

/**
 * {@link withdrawClaims} for a claim that was under way while its run was cancelled.
 *
 * @returns the sessions that ended; none when the run goes on
 */
export async function withdrawLateClaim(
  tx: Queryable,
  { run, seat, session, actor }: { run: string; seat: string; session: string; actor: Actor },
): Promise<SessionRow[]> {
  const late = await tx.query(lateSql, [run, seat, session]);
  return late.length > 0 ? await withdrawClaims(tx, run, actor) : [];
}
