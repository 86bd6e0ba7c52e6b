import { HomeroomError } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';

const mayGoOnSql = `
select r.state = 'running' and (r.warn_until > now() or not exists (
  select from sessions s where s.seat_id = $2 and s.state <> 'ended' and s.class_ends_at is null)) as "mayGoOn"
from class_runs r where r.id = $1 for update`;

/**
 * An end that is tried again at a seat goes by the warning that was given: it must be there still, and whoever sits there
 * must have been told.
 *
 * @throws class_not_running
 */
export async function refuseLateEnd(tx: Queryable, run: string, seat: string): Promise<void> {
  const [row] = await tx.query<{ mayGoOn: boolean }>(mayGoOnSql, [run, seat]);
  if (row?.mayGoOn === true) return;
  throw new HomeroomError(
    'class_not_running',
    'This end is over, was cancelled, or nobody told who sits there now: end the class again, so that they are told first.',
  );
}
