/**
 * Rows go into a schema that was just made by the migrations of the backup. Foreign keys are taken away for that
 * time and triggers are off: the rows obey them already, in an order that no list of tables could give. Both are
 * back, and the keys checked by the database, before anything is committed.
 */
import { once } from 'node:events';
import { HomeroomError } from '@homeroom/protocol';
import { type ArchivePlace, readArchive } from './archive-reader.ts';
import { type BackupManifest, tableOfEntry } from './backup-format.ts';
import type { CopyConnection } from './copy-connection.ts';
import { copyTarget, quote, readTables } from './table-catalog.ts';

const foreignKeysSql = `
select quote_ident(r.relname) as "table", quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
from pg_constraint c join pg_class r on r.oid = c.conrelid
where c.contype = 'f' and c.connamespace = current_schema()::regnamespace and c.conparentid = 0
order by 1, 2`;

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

export interface LoadOptions {
  readonly place: ArchivePlace;
  readonly manifest: Pick<BackupManifest, 'tables' | 'sequences'>;
  readonly signal: AbortSignal;
  readonly onTable: (done: number, total: number) => void;
}

/** @throws backup_damaged when its rows do not fit its own schema */
export async function loadTables(db: CopyConnection, options: LoadOptions): Promise<void> {
  const { manifest } = options;
  const own = await readTables(db);
  const names = own.map(({ name }) => quote(name));
  // What migrations put there is in the backup too, as it became.
  if (names.length > 0) await db.query(`truncate ${names.join(', ')}`);
  const keys = await db.query<ForeignKey>(foreignKeysSql);
  for (const { table, name } of keys) await db.query(`alter table ${table} drop constraint ${name}`);
  for (const name of names) await db.query(`alter table ${name} disable trigger user`);
  await copyRows(db, options);
  for (const name of names) await db.query(`alter table ${name} enable trigger user`);
  for (const { table, name, definition } of keys)
    await db.query(`alter table ${table} add constraint ${name} ${definition}`);
  for (const { name, last } of manifest.sequences)
    await db.query(`select setval(quote_ident($1)::regclass, $2::bigint)`, [name, last]);
}

async function copyRows(
  db: CopyConnection,
  { place, manifest, signal, onTable }: LoadOptions,
): Promise<void> {
  const tables = new Map(manifest.tables.map((table) => [table.name, table]));
  let current:
    | { table: BackupManifest['tables'][number]; copy: ReturnType<CopyConnection['copyIn']> }
    | undefined;
  let done = 0;
  const end = async () => {
    if (!current) return;
    const rows = await current.copy.finish();
    if (rows !== current.table.rows) throw wrongTable(current.table.name);
    done += 1;
    onTable(done, tables.size);
  };
  for await (const entry of readArchive(place)) {
    signal.throwIfAborted();
    const name = tableOfEntry(entry.header.name);
    if (name !== undefined && name !== current?.table.name) {
      await end();
      const table = tables.get(name);
      if (!table) throw wrongTable(name);
      current = { table, copy: db.copyIn(`copy ${copyTarget(table)} from stdin`) };
    }
    if (name === undefined || !current) {
      entry.skip();
      continue;
    }
    const { stream } = current.copy;
    for await (const chunk of entry.content) if (!stream.write(chunk)) await once(stream, 'drain');
  }
  await end();
  if (done !== tables.size)
    throw new HomeroomError('backup_damaged', 'Not every table of the backup is in it.');
}

function wrongTable(name: string): HomeroomError {
  return new HomeroomError('backup_damaged', `The rows of the table ${name} are not as its manifest tells.`);
}
