import { createSecret, hashSecret } from '@homeroom/controller/accounts/secret-hash.ts';
import type { Database } from '@homeroom/controller/store/database.ts';

export const templateId = 'simulated';

/** Somebody who is signed in. */
export interface Pupil {
  readonly id: string;
  readonly cookie: string;
  readonly csrfToken: string;
}

/** Pupils who are signed in, and a template without a pool: its desktops are laid out by {@link fillPool}. */
export async function enrolPupils(db: Database, count: number): Promise<Pupil[]> {
  await db.query(`insert into templates (id, name, provider) values ($1, 'Simulated', 'simulated')`, [
    templateId,
  ]);
  const rows = await db.query<{ id: string }>(
    `insert into users (username, display_name, role, account)
     select 'pupil' || n, 'Pupil ' || n, 'student', 'pupil' || n from generate_series(1, $1) n returning id`,
    [count],
  );
  const pupils = rows.map(({ id }) => ({ id, cookie: createSecret(), csrfToken: createSecret() }));
  await db.query(
    `insert into sign_ins (id_hash, user_id, csrf_token, expires_at)
     select *, now() + interval '1 hour' from unnest($1::text[], $2::uuid[], $3::text[])`,
    [
      pupils.map(({ cookie }) => hashSecret(cookie)),
      pupils.map(({ id }) => id),
      pupils.map(({ csrfToken }) => csrfToken),
    ],
  );
  return pupils;
}

/** Forget every session, and have as many desktops ready as are wanted. */
export async function fillPool(db: Database, count: number): Promise<void> {
  await db.query('truncate sessions, desktops, audit_log cascade');
  await db.query(
    `insert into desktops (template_id, provider, state, ready_at)
     select $1, 'simulated', 'ready', now() from generate_series(1, $2)`,
    [templateId, count],
  );
  await db.query('vacuum analyze desktops');
  await db.query('vacuum analyze sessions');
}

/** @throws when not every pupil has a desktop of their own */
export async function checkClaims(db: Database, count: number): Promise<void> {
  const [row] = await db.query<{ sessions: number; desktops: number }>(
    `select count(*) as sessions, count(distinct desktop_id) as desktops from sessions where desktop_id is not null`,
  );
  if (row?.sessions !== count || row.desktops !== count) {
    throw new Error(`${row?.sessions} sessions with ${row?.desktops} desktops instead of ${count}`);
  }
}
