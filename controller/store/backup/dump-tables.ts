import type { ArchiveWriter } from './archive-writer.ts';
import { type BackupManifest, tableEntry } from './backup-format.ts';
import type { CopyConnection } from './copy-connection.ts';
import { type CatalogTable, copyTarget } from './table-catalog.ts';

/** A tar tells the size of an entry before its content, so a table goes in pieces: all that is held of it at once. */
const pieceBytes = 4 * 1024 * 1024;

/** @param onTable is told what was written so far */
export async function dumpTables(
  from: CopyConnection,
  archive: ArchiveWriter,
  { tables, onTable }: { tables: readonly CatalogTable[]; onTable: (done: number) => void },
): Promise<BackupManifest['tables']> {
  const dumped: BackupManifest['tables'] = [];
  for (const table of tables) {
    dumped.push({ ...table, rows: await dumpTable(from, archive, table) });
    onTable(dumped.length);
  }
  return dumped;
}

/** @returns how many rows it has */
async function dumpTable(from: CopyConnection, archive: ArchiveWriter, table: CatalogTable): Promise<number> {
  let gathered: Buffer[] = [];
  let length = 0;
  let number = 0;
  let rows = 0;
  const write = async () => {
    number += 1;
    await archive.add({ name: tableEntry(table.name, number), mode: 0o600 }, Buffer.concat(gathered));
    gathered = [];
    length = 0;
  };
  for await (const chunk of from.copyOut(`copy ${copyTarget(table)} to stdout`)) {
    gathered.push(chunk);
    length += chunk.length;
    rows += countLines(chunk);
    if (length >= pieceBytes) await write();
  }
  if (length > 0 || number === 0) await write();
  return rows;
}

/** A line end within a value is written `\n` by COPY, in two characters: every real one ends a row. */
function countLines(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}
