import type { Queryable } from '../store/database.ts';

/**
 * Admins look everywhere; teachers at their own desktop, and at those of students in their rooms or outside of all rooms:
 * who could type at the desktop of another teacher, or of an admin, would have their rights.
 */
const mayLookSql = `
select exists (
  select from users me, sessions s join users owner on owner.id = s.user_id left join seats place on place.id = s.seat_id
  where me.id = $1 and s.id = $2 and me.disabled_at is null and (
    me.role = 'admin'
    or me.role = 'teacher' and (owner.id = me.id or owner.role = 'student' and (
      place.id is null
      or exists (select from room_teachers t where t.room_id = place.room_id and t.user_id = me.id))))
) as may`;

/** What a seat is to show is judged by its place in the broadcast. */
const broadcastSql = `
select b.id from live_broadcasts b
  join broadcast_seats p on p.broadcast_id = b.id
  join devices d on d.seat_id = p.seat_id
where d.id = $1 and d.revoked_at is null and b.session_id = $2`;

/** Who may look at a desktop that is not theirs, asked of the records each time: a right that was taken away is gone. */
export class OnlookerRule {
  readonly #db: Queryable;

  constructor({ db }: { db: Queryable }) {
    this.#db = db;
  }

  /** @throws database_unavailable */
  async mayLook(userId: string, sessionId: string): Promise<boolean> {
    const [row] = await this.#db.query<{ may: boolean }>(mayLookSql, [userId, sessionId]);
    return row?.may ?? false;
  }

  /** @returns the live broadcast of a session's desktop at the seat of a device @throws database_unavailable */
  async broadcastAt(deviceId: string, sessionId: string): Promise<string | undefined> {
    const [row] = await this.#db.query<{ id: string }>(broadcastSql, [deviceId, sessionId]);
    return row?.id;
  }
}
