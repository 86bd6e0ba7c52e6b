/**
 * Bring the schema up to date. Migrations are numbered files, forward only. Rules:
 * - one transaction for all that are missing: a failure leaves the schema as it was;
 * - the advisory lock makes controllers that start together take turns; the later finds nothing to do;
 * - a database that knows a migration which this version does not was used by a newer one: refused,
 *   for old code would write what the new schema does not mean.
 */
import { readdir, readFile } from 'node:fs/promises';
import { HomeroomError } from '@homeroom/protocol';
import type { Database, Queryable } from './database.ts';

/** Any number that no other program on the same database uses. */
const lockKey = 4_863_663;
const lockTimeoutS = 60;
const namePattern = /^\d{4}-[a-z0-9-]+\.sql$/;

const createTableSql = `
create table if not exists migrations (
  name text primary key,
  created_at timestamptz not null default now()
)`;

export interface Migration {
  /** `0001-initial` */
  readonly name: string;
  readonly sql: string;
}

/**
 * Apply the migrations that the database lacks.
 *
 * @param migrations in order; by default those of `store/migrations`
 * @returns the names of those applied now; empty when the schema was up to date
 * @throws database_too_new, database_unavailable
 */
export async function migrate(
  db: Pick<Database, 'transaction'>,
  migrations?: readonly Migration[],
): Promise<{ applied: string[] }> {
  const known = migrations ?? (await readMigrations());
  return await db.transaction(async (tx) => {
    await tx.query(`set local lock_timeout = '${lockTimeoutS}s'`);
    // Both waiting for the turn and rebuilding a large table may take longer than a statement usually may.
    await tx.query('set local statement_timeout = 0');
    await tx.query(`select pg_advisory_xact_lock(${lockKey})`);
    await tx.query(createTableSql);
    const missing = planMigrations(known, await readApplied(tx));
    for (const { name, sql } of missing) {
      await tx.query(sql);
      await tx.query('insert into migrations (name) values ($1)', [name]);
    }
    return { applied: missing.map(({ name }) => name) };
  });
}

/**
 * Decide what is missing.
 *
 * @throws database_too_new when the database has one that is not known
 */
export function planMigrations(known: readonly Migration[], applied: readonly string[]): Migration[] {
  const names = new Set(known.map(({ name }) => name));
  const unknown = applied.filter((name) => !names.has(name));
  if (unknown.length > 0) {
    throw new HomeroomError('database_too_new', `this version does not know ${unknown.join(', ')}`);
  }
  const done = new Set(applied);
  return known.filter(({ name }) => !done.has(name));
}

async function readApplied(tx: Queryable): Promise<string[]> {
  const rows = await tx.query<{ name: string }>('select name from migrations order by name');
  return rows.map(({ name }) => name);
}

/** @returns every migration that this version knows, in order */
export async function readMigrations(folder = new URL('migrations/', import.meta.url)): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => namePattern.test(file)).sort();
  return await Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.sql$/, ''),
      sql: await readFile(new URL(file, folder), 'utf8'),
    })),
  );
}
