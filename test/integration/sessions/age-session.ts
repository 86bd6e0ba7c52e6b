import type { Database } from '@homeroom/controller/store/database.ts';

/** Turns the clock for one session, in one step: everything about it happened so much earlier. It is looked at next. */
export async function ageSession(db: Database, id: string, seconds: number): Promise<void> {
  await db.query(
    `with aged as (
       update sessions set created_at = created_at - $2::interval, assigned_at = assigned_at - $2::interval,
         last_input_at = last_input_at - $2::interval, deadline_at = deadline_at - $2::interval,
         kept_until = kept_until - $2::interval, warned_end_at = warned_end_at - $2::interval,
         sweep_at = now(), streams_seen_at = now()
       where id = $1 returning desktop_id
     )
     update desktops d set claimed_at = claimed_at - $2::interval from aged where d.id = aged.desktop_id`,
    [id, `${seconds} seconds`],
  );
}
