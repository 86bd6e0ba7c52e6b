import { HomeroomError, type ListedUser, type PatchUserRequest } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { differenceOf, record } from '../store/audit.ts';
import type { Database, Queryable } from '../store/database.ts';
import { type ListedUserRow, listedUserColumns, toListedUser } from './listed-user.ts';

/** Of a row of `users`. The account that flows act as is an admin too, and nobody gets in by it. */
export const maySignIn = `disabled_at is null and (source <> 'local' or password_hash is not null)`;

export interface UserChange {
  readonly id: string;
  readonly patch: PatchUserRequest;
  readonly actor: Actor;
}

/** All rows that matter, in one order: two admins who demote each other at once must not both succeed. */
const lockSql = `
select ${listedUserColumns} from users where (role = 'admin' and disabled_at is null) or id = $1 order by id for update`;

const isLastAdminSql = `
select 1 from users where id = $1 and role = 'admin' and disabled_at is null
and not exists (select from users where id <> $1 and role = 'admin' and ${maySignIn})`;

const changeSql = `
update users set
  display_name = coalesce($2, display_name),
  role = coalesce($3, role),
  disabled_at = case $4::boolean when true then coalesce(disabled_at, now()) when false then null else disabled_at end
where id = $1 returning ${listedUserColumns}`;

const signOutSql = 'delete from sign_ins where user_id = $1';

/**
 * Change a user, and sign them out everywhere when they are disabled.
 *
 * @throws not_found; last_admin when nobody would be left who may change users
 */
export async function changeUser(db: Database, { id, patch, actor }: UserChange): Promise<ListedUser> {
  return await db.transaction(async (tx) => {
    const before = (await tx.query<ListedUserRow>(lockSql, [id])).find((user) => user.id === id);
    await refuseLastAdmin(tx, id, patch);
    const { displayName = null, role = null, disabled = null } = patch;
    const [row] = await tx.query<ListedUserRow>(changeSql, [id, displayName, role, disabled]);
    if (!row || !before) throw new HomeroomError('not_found');
    if (disabled) await tx.query(signOutSql, [id]);
    await record(tx, {
      actor: { id: actor.userId, username: actor.username },
      action: 'user.change',
      subject: id,
      ...differenceOf(toListedUser(before), toListedUser(row)),
      address: actor.address,
    });
    return toListedUser(row);
  });
}

async function refuseLastAdmin(
  tx: Queryable,
  id: string,
  { role, disabled }: PatchUserRequest,
): Promise<void> {
  const takesAway = disabled === true || (role !== undefined && role !== 'admin');
  if (!takesAway) return;
  if ((await tx.query(isLastAdminSql, [id])).length > 0) throw new HomeroomError('last_admin');
}
