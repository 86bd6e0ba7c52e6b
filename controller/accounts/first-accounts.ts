import type { Database } from '../store/database.ts';
import { createFirstPassword } from './first-password.ts';
import { insertUser } from './users.ts';

const firstAccounts = [
  { username: 'admin', displayName: 'Admin', role: 'admin' },
  { username: 'teacher', displayName: 'Teacher', role: 'teacher' },
  { username: 'student', displayName: 'Student', role: 'student' },
] as const;

/** The row is taken first, so of two controllers that start together one makes the accounts. */
const markSql = `
insert into settings (key, value) values ('first-accounts', 'true') on conflict do nothing returning key`;

/**
 * Make one account of each role at the first start of all, never again (an admin may remove them).
 *
 * @param firstPassword the password of all three; without it each gets its own
 * @returns the accounts that were made, with their passwords, to be shown once; empty after the first start
 */
export async function ensureFirstAccounts(
  db: Database,
  firstPassword?: string,
): Promise<{ username: string; password: string }[]> {
  return await db.transaction(async (tx) => {
    const isFirstStart = (await tx.query(markSql)).length > 0;
    if (!isFirstStart) return [];
    const made = firstAccounts.map((account) => ({
      ...account,
      password: firstPassword ?? createFirstPassword(),
    }));
    for (const account of made) await insertUser(tx, account);
    return made.map(({ username, password }) => ({ username, password }));
  });
}
