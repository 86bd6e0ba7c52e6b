import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HomeroomError } from '@homeroom/protocol';
import { type ArchivePlace, readArchive } from './archive-reader.ts';
import { homesPrefix } from './backup-format.ts';
import { HomesWriter } from './home-files.ts';
import { isKeptName, type KeptFile } from './kept-files.ts';

/** @returns the files of the data folder that a backup holds; small ones, so they are read whole */
export async function readArchivedFiles(place: ArchivePlace): Promise<KeptFile[]> {
  const files: KeptFile[] = [];
  for await (const entry of readArchive(place)) {
    const { name } = entry.header;
    // They stand before the tables.
    if (name.startsWith('tables/')) break;
    const chunks: Buffer[] = [];
    for await (const chunk of entry.content) chunks.push(chunk);
    if (isKeptName(name)) files.push({ name, content: Buffer.concat(chunks) });
    else if (name !== 'about.json')
      throw new HomeroomError('backup_damaged', `${name} is no file of Homeroom's.`);
  }
  return files;
}

/** Write files for their owner alone. @param folder below which their names count */
export async function writeKeptFiles(folder: string, files: readonly KeptFile[]): Promise<void> {
  for (const { name, content } of files) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, content, { mode: 0o600 });
  }
}

export interface RestoreHomesOptions {
  readonly place: ArchivePlace;
  /** New and empty. */
  readonly folder: string;
  readonly isRoot: boolean;
  readonly signal: AbortSignal;
  readonly onEntry: (done: number) => void;
}

/** Put everybody's home back. */
export async function restoreHomes({
  place,
  folder,
  isRoot,
  signal,
  onEntry,
}: RestoreHomesOptions): Promise<void> {
  const writer = new HomesWriter(folder, { isRoot });
  let done = 0;
  for await (const entry of readArchive(place)) {
    signal.throwIfAborted();
    if (!entry.header.name.startsWith(homesPrefix)) {
      entry.skip();
      continue;
    }
    await writer.write(entry);
    done += 1;
    onEntry(done);
  }
  await writer.finish();
}
