import { errorCodeOf } from '@homeroom/protocol';
import { insertUser } from '../accounts/users.ts';
import type { Database } from '../store/database.ts';

/** In whose name flows act: what they do stands in the audit log under it. */
export const serviceUsername = 'node-red';

const findSql = `select id from users where username = $1 and role = 'admin' and password_hash is null and source = 'local'`;

/**
 * Make the account of the flows, unless it is there. It has no password, so nobody signs in as it; an admin who
 * disables it takes every right from the flows.
 *
 * @returns its id; undefined when somebody else has the name
 */
export async function ensureServiceAccount(db: Database): Promise<string | undefined> {
  const found = await find(db);
  if (found) return found;
  try {
    const user = {
      username: serviceUsername,
      displayName: 'Node-RED',
      role: 'admin',
      password: null,
    } as const;
    return (await db.transaction((tx) => insertUser(tx, user))).id;
  } catch (caught) {
    // Another process made it at the same moment, or it is a person's.
    if (errorCodeOf(caught) === 'user_name_taken') return await find(db);
    throw caught;
  }
}

async function find(db: Database): Promise<string | undefined> {
  const [row] = await db.query<{ id: string }>(findSql, [serviceUsername]);
  return row?.id;
}
