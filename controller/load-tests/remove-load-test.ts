import { deletingColumns } from '../desktops/desktop-states.ts';
import type { Queryable } from '../store/database.ts';

const findSql = `select template_id as template, has_own_template as "isOwn" from load_tests where id = $1 for update`;

/** First, so that nobody of them begins anything new. */
const signOutSql = `delete from sign_ins i using users u where u.id = i.user_id and u.load_test_id = $1`;

/** Used desktops are never given again, whether a session tells of them or not. */
const giveUpSql = `
update desktops d set ${deletingColumns} from sessions s join users u on u.id = s.user_id
where u.load_test_id = $1 and s.desktop_id = d.id and d.state = 'claimed' returning d.id`;

const sessionsSql = `delete from sessions s using users u where u.id = s.user_id and u.load_test_id = $1 returning s.id`;

const withdrawSql = `
with emptied as (
  update pools set warm_minimum = 0, warm_maximum = null, cold_minimum = 0, maximum = 0 where template_id = $1
)
update templates set withdrawn_at = now() where id = $1 and withdrawn_at is null`;

/** Each is looked for in every table that may tell of them: by parts, so that no statement takes seconds. */
const removeUsersSql = `
delete from users where id in (select id from users where load_test_id = $1 limit 500) returning id`;
const removeSql = 'delete from load_tests where id = $1';

export interface RemovedLoadTest {
  readonly template: string;
  readonly sessions: number;
  /** Those that are on their way out. */
  readonly desktops: readonly string[];
}

/** @returns what was removed; undefined when there is no such test */
export async function removeLoadTest(tx: Queryable, id: string): Promise<RemovedLoadTest | undefined> {
  const [found] = await tx.query<{ template: string; isOwn: boolean }>(findSql, [id]);
  if (!found) return undefined;
  await tx.query(signOutSql, [id]);
  const desktops = await tx.query<{ id: string }>(giveUpSql, [id]);
  const sessions = await tx.query(sessionsSql, [id]);
  if (found.isOwn) await tx.query(withdrawSql, [found.template]);
  while ((await tx.query(removeUsersSql, [id])).length > 0);
  await tx.query(removeSql, [id]);
  return { template: found.template, sessions: sessions.length, desktops: desktops.map((row) => row.id) };
}
