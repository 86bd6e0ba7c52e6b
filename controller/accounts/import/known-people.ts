import type { Queryable } from '../../store/database.ts';
import { accountNameOf, distinctAccountNameOf } from '../account-name.ts';
import type { KnownPeople, KnownPerson } from './import-plan.ts';

const peopleSql = `
select u.id, u.username, u.display_name as "displayName", u.role, u.source,
  array(select g.name from group_members m join groups g on g.id = m.group_id where m.user_id = u.id) as groups
from users u where u.username = any($1::text[])`;

const accountsSql = 'select account from users where account = any($1::text[])';
const groupsSql = 'select name, source from groups';

/** Read what an import of these people has to reckon with. */
export async function knownPeople(
  db: Queryable,
  people: readonly { readonly username: string }[],
): Promise<KnownPeople> {
  const usernames = people.map(({ username }) => username);
  const wanted = usernames.flatMap((username) => [accountNameOf(username), distinctAccountNameOf(username)]);
  const known = await db.query<KnownPerson>(peopleSql, [usernames]);
  const accounts = await db.query<{ account: string }>(accountsSql, [wanted]);
  const groups = await db.query<{ name: string; source: string }>(groupsSql);
  return {
    people: new Map(known.map((person) => [person.username, person])),
    accounts: new Set(accounts.map(({ account }) => account)),
    groups: new Map(groups.map(({ name, source }) => [name, source])),
  };
}
