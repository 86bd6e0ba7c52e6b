/** Which groups somebody of elsewhere belongs to: as told at each sign-in, and no others of that source. */
import type { Queryable } from '../../store/database.ts';
import type { ExternalPerson } from './external-person.ts';

/** Some directories put everybody into everything: more are of no use to anybody here. */
const maxGroups = 200;
const maxNameLength = 100;

const makeSql = `
insert into groups (name, source) select wished.name, $2 from unnest($1::text[]) as wished (name)
on conflict (name) do nothing`;

/** A group of that name that is ours, or of another source, is not theirs to be put into. */
const joinSql = `
insert into group_members (group_id, user_id)
select g.id, $2 from groups g where g.name = any($1::text[]) and g.source = $3
on conflict do nothing returning group_id`;

const leaveSql = `
delete from group_members m using groups g
where m.group_id = g.id and m.user_id = $2 and g.source = $3 and not (g.name = any($1::text[]))
returning m.group_id`;

/** @returns the groups that were joined and left, by id */
export async function syncGroups(
  tx: Queryable,
  userId: string,
  { groups, source }: Pick<ExternalPerson, 'groups' | 'source'>,
): Promise<{ joined: string[]; left: string[] }> {
  const names = groupNames(groups);
  if (names.length > 0) await tx.query(makeSql, [names, source]);
  const joined = await tx.query<{ group_id: string }>(joinSql, [names, userId, source]);
  const left = await tx.query<{ group_id: string }>(leaveSql, [names, userId, source]);
  return { joined: joined.map(idOf), left: left.map(idOf) };
}

/** In one order: two who sign in at once, each making the same groups, must not wait for each other. Pure. */
export function groupNames(groups: readonly string[]): string[] {
  const names = groups.map((name) => name.trim()).filter(isGroupName);
  return [...new Set(names)].slice(0, maxGroups).toSorted();
}

function isGroupName(name: string): boolean {
  return name !== '' && name.length <= maxNameLength && !/\p{Cc}/u.test(name);
}

function idOf(row: { group_id: string }): string {
  return row.group_id;
}
