import { HomeroomError } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { isUuid } from '../store/uuid.ts';

/** The ids of those whose room it is, for a select from `rooms r`; who is no teacher any more is left out. */
export const roomTeachersColumn = `array(
  select t.user_id::text from room_teachers t join users u on u.id = t.user_id
  where t.room_id = r.id and u.role = 'teacher' order by u.username)`;

const lockSql = 'select id from rooms where id = $1 for update';

const readSql = 'select user_id from room_teachers where room_id = $1 order by user_id';

const countSql = `select count(*) as count from users where id = any($1::uuid[]) and role = 'teacher'`;

const setSql = `
with gone as (
  delete from room_teachers where room_id = $1 and not (user_id = any($2::uuid[]))
)
insert into room_teachers (room_id, user_id) select $1, unnest($2::uuid[]) on conflict do nothing`;

const allSql = `
insert into room_teachers (room_id, user_id)
select $1, u.id from users u where u.role = 'teacher'`;

/**
 * Say whose room a new one is.
 *
 * @param teachers when absent, every teacher's that there is
 * @throws not_found when one of them is no teacher
 */
export async function giveToTeachers(
  tx: Queryable,
  roomId: string,
  teachers: readonly string[] | undefined,
): Promise<void> {
  if (teachers === undefined) await tx.query(allSql, [roomId]);
  else await tx.query(setSql, [roomId, await checked(tx, teachers)]);
}

/** Whose rooms are whose. */
export class RoomTeachers {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /**
   * Say whose room it is; who had it and is not named has it no longer, at once.
   *
   * @param teachers nobody named leaves it to the admins
   * @throws not_found when there is no such room, or one of them is no teacher; database_unavailable
   */
  async set(roomId: string, teachers: readonly string[], actor: Actor): Promise<void> {
    if (!isUuid(roomId)) throw new HomeroomError('not_found');
    const concerned = await this.#db.transaction(async (tx) => {
      if ((await tx.query(lockSql, [roomId])).length === 0) throw new HomeroomError('not_found');
      const before = await teachersIn(tx, roomId);
      const wanted = await checked(tx, teachers);
      await tx.query(setSql, [roomId, wanted]);
      const after = await teachersIn(tx, roomId);
      await auditChange(tx, { roomId, before, after, actor });
      return before.filter((id) => !after.includes(id)).concat(after.filter((id) => !before.includes(id)));
    });
    this.#changes.announce({ kind: 'room', id: roomId });
    // Their pages list one room more or less; who lost it does not hear of the room any more.
    for (const id of concerned) this.#changes.announce({ kind: 'user', id });
  }
}

async function teachersIn(tx: Queryable, roomId: string): Promise<string[]> {
  const rows = await tx.query<{ user_id: string }>(readSql, [roomId]);
  return rows.map(({ user_id: id }) => id);
}

async function checked(tx: Queryable, teachers: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(teachers)];
  const [known] = wanted.every(isUuid) ? await tx.query<{ count: number }>(countSql, [wanted]) : [];
  if (known?.count !== wanted.length) throw new HomeroomError('not_found', 'one of them is no teacher');
  return wanted;
}

function auditChange(
  tx: Queryable,
  { roomId, before, after, actor }: { roomId: string; before: string[]; after: string[]; actor: Actor },
): Promise<void> {
  const { userId: id, username, address } = actor;
  return record(tx, {
    actor: { id, username },
    action: 'room.teachers',
    subject: roomId,
    before: { teachers: before },
    after: { teachers: after },
    address,
  });
}
