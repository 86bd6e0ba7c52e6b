import { HomeroomError, toError } from '@homeroom/protocol';
import { record } from '../audit.ts';
import { migrate, readMigrations } from '../migrate.ts';
import type { CheckedBackup } from './check-backup.ts';
import { CopyConnection } from './copy-connection.ts';
import { type LoadOptions, loadTables } from './load-tables.ts';

const countSql = `
select count(*)::integer as tables from pg_class c
where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;

/** Everything of this role in the schema; what an extension made stays. The schema itself may be another's. */
const dropAllSql = `
do $$
declare
  each record;
begin
  for each in
    select format('drop %s if exists %I.%I cascade',
      case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
      current_schema(), c.relname) as statement
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by c.relkind = 'S'
  loop
    execute each.statement;
  end loop;
  for each in
    select format('drop routine if exists %s cascade', p.oid::regprocedure) as statement from pg_proc p
    where p.pronamespace = current_schema()::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute each.statement;
  end loop;
  for each in
    select format('drop type if exists %I.%I cascade', current_schema(), t.typname) as statement from pg_type t
    where t.typnamespace = current_schema()::regnamespace and t.typelem = 0
      and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')
  loop
    execute each.statement;
  end loop;
end $$`;

export interface RestoreDatabaseOptions extends Omit<LoadOptions, 'manifest'> {
  readonly url: string;
  readonly backup: CheckedBackup;
  /** Whether what is there may be lost. */
  readonly replaces: boolean;
  /** Done when all rows are there, before they count: its failure leaves the database as it was. */
  readonly beforeCommit: () => Promise<void>;
}

/**
 * Bring a backup's rows into a database, in one transaction: schema as of the backup, rows, sequences, and then the
 * migrations that came since.
 *
 * @returns the migrations that came since
 * @throws restore_target_not_empty, backup_damaged, database_unavailable; the database is as it was then
 */
export async function restoreDatabase(options: RestoreDatabaseOptions): Promise<{ migrated: string[] }> {
  const { backup, url } = options;
  const { about, manifest } = backup;
  await using db = await CopyConnection.open(url);
  await db.query('begin');
  await makeRoom(db, options.replaces);
  const known = await readMigrations();
  const asOne = { transaction: <T>(run: (tx: CopyConnection) => Promise<T>) => run(db) };
  const then = new Set(about.migrations);
  await migrate(
    asOne,
    known.filter(({ name }) => then.has(name)),
  );
  await loadTables(db, { ...options, manifest }).catch((caught: unknown) => {
    throw withCode(caught);
  });
  const { applied } = await migrate(asOne, known);
  await record(db, { action: 'backup.restore', details: { madeAt: about.madeAt, version: about.version } });
  await options.beforeCommit();
  await db.query('commit');
  await db.query('analyze');
  return { migrated: applied };
}

async function makeRoom(db: CopyConnection, replaces: boolean): Promise<void> {
  const [found] = await db.query<{ tables: number }>(countSql);
  if (found?.tables === 0) return;
  if (!replaces) {
    throw new HomeroomError('restore_target_not_empty', `The database has ${found?.tables} tables already.`);
  }
  await db.query(dropAllSql);
}

/** What the database refuses of a backup whose checksums are right was wrong when it was made. */
function withCode(caught: unknown): Error {
  const cause = toError(caught);
  if (cause instanceof HomeroomError || cause.name === 'AbortError') return cause;
  return new HomeroomError('backup_damaged', `The database refuses its rows: ${cause.message}.`, { cause });
}
