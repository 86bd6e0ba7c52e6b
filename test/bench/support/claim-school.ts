import { createSecret, hashSecret } from '@homeroom/controller/accounts/secret-hash.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { waitFor } from '../../support/wait-for.ts';

/** `simulated` desktops are assigned by a controller's session broker; it leaves the `bare` ones alone. */
export const templates = { simulated: 'simulated', bare: 'kubernetes' } as const;
export type Template = keyof typeof templates;

const patienceMs = 30_000;

/** Somebody who is signed in. */
export interface Pupil {
  readonly id: string;
  readonly cookie: string;
  readonly csrfToken: string;
}

/** Pupils who are signed in, and templates without pools: their desktops are laid out by {@link fillPool}. */
export async function enrolPupils(db: Database, count: number): Promise<Pupil[]> {
  for (const [id, provider] of Object.entries(templates)) {
    await db.query('insert into templates (id, name, provider) values ($1, $1, $2)', [id, provider]);
  }
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

/** Forget every session and desktop, and the pools of a first start: nothing is to be refilled meanwhile. */
export async function clear(db: Database): Promise<void> {
  await db.query('delete from pools');
  await db.query('delete from sessions');
  await db.query('delete from desktops');
  await db.query('truncate audit_log');
}

/** Have as many desktops ready as are wanted, in the record alone. */
export async function fillPool(db: Database, template: Template, count: number): Promise<void> {
  await clear(db);
  await db.query(
    `insert into desktops (template_id, provider, state, ready_at)
     select $1, $2, 'ready', now() from generate_series(1, $3)`,
    [template, templates[template], count],
  );
  await tidy(db);
}

/** The same, by a controller that makes them: its provider knows each. */
export async function orderPool(db: Database, count: number): Promise<void> {
  await clear(db);
  await db.query(
    `insert into desktops (template_id, provider, state, deadline_at)
     select 'simulated', 'simulated', 'creating', now() + interval '1 minute' from generate_series(1, $1)`,
    [count],
  );
  const leftSql = `select count(*) as left from desktops where state <> 'ready'`;
  await waitFor('every desktop is ready', () => isNoneLeft(db, leftSql), patienceMs);
  await tidy(db);
}

async function tidy(db: Database): Promise<void> {
  for (const table of ['sessions', 'desktops']) await db.query(`vacuum analyze ${table}`);
}

async function isNoneLeft(db: Database, countSql: string): Promise<boolean> {
  const [row] = await db.query<{ left: number }>(countSql);
  return row?.left === 0;
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

/** Wait until a session broker has made every desktop its pupil's. */
export async function untilAssigned(db: Database): Promise<void> {
  const leftSql = `select count(*) as left from sessions where template_id = 'simulated' and assigned_at is null`;
  await waitFor('every desktop is assigned', () => isNoneLeft(db, leftSql), patienceMs);
}
