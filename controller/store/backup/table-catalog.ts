import type { Queryable } from '../queryable.ts';
import type { BackupManifest } from './backup-format.ts';

/** What a backup knows of a table before it reads it. */
export type CatalogTable = Pick<BackupManifest['tables'][number], 'name' | 'columns'>;

/** Who applied which migration is told by `about.json`; a restore writes it anew. */
const migrationsTable = 'migrations';

/** Generated columns are left out: COPY takes no values for them. What belongs to an extension is the server's. */
const tablesSql = `
select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
group by c.oid, c.relname order by c.relname`;

/** A sequence that gave nothing yet has no last value. */
const sequencesSql = `
select sequencename as name, last_value::text as last from pg_sequences
where schemaname = current_schema() and last_value is not null order by sequencename`;

/** @returns every table that holds state, by name */
export async function readTables(db: Queryable): Promise<CatalogTable[]> {
  const tables = await db.query<CatalogTable>(tablesSql);
  return tables.filter(({ name }) => name !== migrationsTable);
}

/** @returns the value that each sequence gave last; never an older one than the rows of the same transaction hold */
export function readSequences(db: Queryable): Promise<BackupManifest['sequences']> {
  return db.query<BackupManifest['sequences'][number]>(sequencesSql);
}

/** @returns the migrations that were applied, by name; empty for a database that is none of ours */
export async function readAppliedMigrations(db: Queryable): Promise<string[]> {
  const [found] = await db.query<{ is_there: boolean }>(
    `select to_regclass(format('%I.%I', current_schema(), '${migrationsTable}')) is not null as is_there`,
  );
  if (!found?.is_there) return [];
  const rows = await db.query<{ name: string }>(`select name from ${migrationsTable} order by name`);
  return rows.map(({ name }) => name);
}

/** @returns `users (id, username)`, quoted, as COPY wants it */
export function copyTarget({ name, columns }: CatalogTable): string {
  return `${quote(name)} (${columns.map(quote).join(', ')})`;
}

/** @returns a name as it may stand in a statement */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
