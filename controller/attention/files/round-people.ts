import { HomeroomError } from '@homeroom/protocol';
import type { Queryable } from '../../store/database.ts';

/** Whom a round is for; the first that is given counts. */
export interface MeantPeople {
  /** Who sits there. */
  readonly seats: readonly string[] | undefined;
  readonly group: string | undefined;
}

const seatedSql = `
select x.user_id from sessions x join seats s on s.id = x.seat_id
where s.room_id = $1 and x.state <> 'ended'`;
const meantSql = {
  seats: `${seatedSql} and s.id::text = any($2)`,
  group: 'select m.user_id from group_members m where m.group_id::text = $2 and $1::uuid is not null',
  // Whoever is late for the lesson gets it, too.
  room: `${seatedSql} and $2::text is null union
    select m.user_id from current_lessons() l join group_members m on m.group_id = l.group_id
    where l.room_id = $1 and l.starts_at <= now()`,
};

/**
 * The students whom a round is for.
 *
 * @returns their ids
 * @throws nobody_there when there is not one
 */
export async function meantPeople(
  db: Queryable,
  room: string,
  { seats, group }: MeantPeople,
): Promise<string[]> {
  const kind = seats ? 'seats' : group === undefined ? 'room' : 'group';
  const sql = `select u.id from users u
    where u.role = 'student' and u.disabled_at is null and u.id in (${meantSql[kind]}) order by u.username`;
  const rows = await db.query<{ id: string }>(sql, [room, seats ?? group ?? null]);
  if (rows.length === 0) throw new HomeroomError('nobody_there');
  return rows.map(({ id }) => id);
}
