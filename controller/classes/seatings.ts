/** Seating plans: who of a group sits where in a room. */
import { HomeroomError, type Seating } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { isUuid } from '../store/uuid.ts';

const listSql = `
select group_id as "group", jsonb_agg(jsonb_build_object('seat', seat_id, 'user', user_id) order by seat_id) as places
from seatings where room_id = $1 group by group_id order by group_id`;

const removeSql = 'delete from seatings where room_id = $1 and group_id = $2';

/** Only seats of the room and members of the group are taken; the caller compares how many. */
const insertSql = `
insert into seatings (room_id, group_id, seat_id, user_id)
select $1, $2, s.id, m.user_id from unnest($3::uuid[], $4::uuid[]) x (seat_id, user_id)
  join seats s on s.id = x.seat_id and s.room_id = $1 join group_members m on m.user_id = x.user_id and m.group_id = $2
returning seat_id`;

export class Seatings {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @returns the plans of a room, one for each group that has any */
  async of(room: string): Promise<Seating[]> {
    return await this.#db.query<Seating>(listSql, [room]);
  }

  /** Replace a group's plan in a room; without places it has none. @throws request_invalid, not_found */
  async set(room: string, { group, places }: Seating, actor: Actor): Promise<Seating> {
    const ids = [group, ...places.flatMap(({ seat, user }) => [seat, user])];
    if (!ids.every(isUuid))
      throw new HomeroomError('request_invalid', 'places: seats and users are told by ids');
    await this.#db.transaction(async (tx) => {
      const [known] = await tx.query('select id from groups where id = $1', [group]);
      if (!known) throw new HomeroomError('not_found', 'There is no such group.');
      await replace(tx, { room, group, places });
      const { userId: id, username, address } = actor;
      const after = { group, places: places.length };
      await record(tx, { actor: { id, username }, action: 'seating.change', subject: room, after, address });
    });
    this.#changes.announce({ kind: 'room', id: room });
    return { group, places };
  }
}

/** Keep what a start came to as the group's plan. */
export async function keepSeating(
  tx: Queryable,
  plan: { room: string; group: string; places: ReadonlyMap<string, { readonly id: string }> },
): Promise<void> {
  const { room, group } = plan;
  const places = [...plan.places].map(([seat, { id: user }]) => ({ seat, user }));
  await replace(tx, { room, group, places });
}

async function replace(tx: Queryable, { room, group, places }: Seating & { room: string }): Promise<void> {
  await tx.query(removeSql, [room, group]);
  const seats = places.map(({ seat }) => seat);
  const users = places.map(({ user }) => user);
  try {
    const kept = await tx.query(insertSql, [room, group, seats, users]);
    if (kept.length === places.length) return;
  } catch (caught) {
    if (violationOf(caught)?.kind !== 'unique') throw caught;
    const detail = 'places: nobody sits on two seats, and no seat holds two';
    throw new HomeroomError('request_invalid', detail, { cause: caught });
  }
  throw new HomeroomError('request_invalid', 'places: only seats of the room and members of the group');
}
