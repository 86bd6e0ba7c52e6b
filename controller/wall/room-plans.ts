import { HomeroomError, type RoomPlanRequest } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';

const placeSql = `
update seats s set x = p.x, y = p.y
from jsonb_to_recordset($2::jsonb) as p(seat text, x real, y real)
where s.id::text = p.seat and s.room_id = $1
returning s.id`;

/** Where the seats of a room stand. */
export class RoomPlans {
  readonly #db: Database;
  readonly #changes: Changes;

  constructor({ db, changes }: { db: Database; changes: Changes }) {
    this.#db = db;
    this.#changes = changes;
  }

  /**
   * Place seats; those that are not named stay where they are. May be repeated.
   *
   * @throws seat_unknown when one of them is not in this room, and then none is moved; database_unavailable
   */
  async place(
    roomId: string,
    { seats }: RoomPlanRequest,
    { userId, username, address }: Actor,
  ): Promise<void> {
    const places = seats.map(({ seat, position }) => ({ seat, ...(position ?? { x: null, y: null }) }));
    await this.#db.transaction(async (tx) => {
      const placed = await tx.query<{ id: string }>(placeSql, [roomId, JSON.stringify(places)]);
      const wanted = new Set(seats.map(({ seat }) => seat));
      if (placed.length < wanted.size)
        throw new HomeroomError('seat_unknown', 'A seat of this plan is not in this room.');
      const actor = { id: userId, username };
      await record(tx, {
        actor,
        action: 'room.plan',
        subject: roomId,
        details: { seats: wanted.size },
        address,
      });
    });
    this.#changes.announce({ kind: 'room', id: roomId });
  }
}
