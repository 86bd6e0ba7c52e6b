import type { LoadTestUser } from '@homeroom/protocol';
import { createSecret, hashSecret } from '../accounts/secret-hash.ts';
import type { Queryable } from '../store/database.ts';

/** They have no password: nobody can sign in as one of them but by the cookie that is made here. */
const usersSql = `
insert into users (username, display_name, role, account, load_test_id)
select 'load-test.' || left($1::text, 8) || '.' || n, 'Load test ' || n, 'student', 'lt' || left($1::text, 8) || '-' || n, $1::uuid
from generate_series(1, $2) n returning id`;

const signInsSql = `
insert into sign_ins (id_hash, user_id, csrf_token, expires_at)
select id_hash, user_id, csrf_token, now() + interval '1 hour'
from unnest($1::text[], $2::uuid[], $3::text[]) as made (id_hash, user_id, csrf_token)`;

/** Make students and sign them in, without the cost of passwords. @returns them with their cookies */
export async function signInTestUsers(
  tx: Queryable,
  { loadTestId, count }: { loadTestId: string; count: number },
): Promise<LoadTestUser[]> {
  const made = await tx.query<{ id: string }>(usersSql, [loadTestId, count]);
  const users = made.map(({ id }) => ({ id, cookie: createSecret(), csrfToken: createSecret() }));
  await tx.query(signInsSql, [
    users.map(({ cookie }) => hashSecret(cookie)),
    users.map(({ id }) => id),
    users.map(({ csrfToken }) => csrfToken),
  ]);
  return users;
}
