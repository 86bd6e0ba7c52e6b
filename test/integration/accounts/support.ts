import type { Database } from '@homeroom/controller/store/database.ts';

/** Insert a user without a password. @returns the id */
export async function insertUser(
  db: Database,
  username: string,
  role: 'student' | 'teacher' | 'admin' = 'student',
): Promise<string> {
  const sql =
    'insert into users (username, display_name, role, account) values ($1, $1, $2, $1) returning id';
  const [row] = await db.query<{ id: string }>(sql, [username, role]);
  return row?.id ?? '';
}

/** Insert a template that a provider of tests would make. */
export async function insertTemplate(db: Database, id: string): Promise<void> {
  await db.query(`insert into templates (id, name, provider) values ($1, $1, 'simulated')`, [id]);
}

/** @returns the actions that stand in the audit log, the oldest first, with what they were done to */
export function audited(db: Database): Promise<{ action: string; subject: string; details: unknown }[]> {
  return db.query('select action, subject, details from audit_log order by id');
}
