/**
 * Homes go into a backup as they lie there: owner, mode, times, symbolic links as links. While they are read
 * people may work in them: what vanishes meanwhile is left out, what grows is cut at the size that it had,
 * what shrinks is filled up with zeros. Sockets, pipes and devices are left out.
 */
import { createReadStream, createWriteStream, type Stats } from 'node:fs';
import { chmod, lchown, lstat, lutimes, mkdir, opendir, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HomeroomError } from '@homeroom/protocol';
import type { ArchiveEntry } from './archive-reader.ts';
import type { ArchiveWriter, EntryHeader } from './archive-writer.ts';
import { homesPrefix } from './backup-format.ts';

/** Deeper than any work of a student; a folder that leads back into itself ends here. */
const maxDepth = 100;

/** @param onEntry is told how many entries there are so far */
export async function dumpHomes(
  archive: ArchiveWriter,
  folder: string,
  onEntry: (entries: number) => void,
): Promise<void> {
  let entries = 0;
  for await (const { name, stats } of walk(folder, '', 0)) {
    await dumpEntry(archive, { path: join(folder, name), name: `${homesPrefix}${name}`, stats });
    entries += 1;
    onEntry(entries);
  }
}

interface Found {
  /** Below the folder of all homes. */
  readonly name: string;
  readonly stats: Stats;
}

async function* walk(folder: string, below: string, depth: number): AsyncGenerator<Found> {
  if (depth > maxDepth) return;
  for await (const { name: last } of await opendir(join(folder, below))) {
    const name = below === '' ? last : `${below}/${last}`;
    const stats = await lstat(join(folder, name)).catch(gone);
    if (!stats) continue;
    yield { name, stats };
    if (stats.isDirectory()) yield* walk(folder, name, depth + 1);
  }
}

async function dumpEntry(
  archive: ArchiveWriter,
  { path, name, stats }: { path: string; name: string; stats: Stats },
): Promise<void> {
  const { mode, uid, gid, mtime, size } = stats;
  const header: EntryHeader = { name, mode: mode & 0o7777, uid, gid, mtime };
  if (stats.isDirectory()) return archive.add({ ...header, type: 'directory' });
  if (stats.isSymbolicLink()) {
    const linkname = await readlink(path).catch(gone);
    return linkname === undefined ? undefined : archive.add({ ...header, type: 'symlink', linkname });
  }
  if (stats.isFile()) await archive.addStream(header, size, Readable.from(exactly(path, size)));
}

/** @returns the first `size` bytes of a file, filled up where it has fewer by now */
async function* exactly(path: string, size: number): AsyncGenerator<Buffer> {
  let left = size;
  if (left > 0) {
    try {
      for await (const chunk of createReadStream(path, { end: size - 1 })) {
        left -= chunk.length;
        yield chunk;
      }
    } catch (caught) {
      gone(caught);
    }
  }
  for (; left > 0; left -= Math.min(left, 65_536)) yield Buffer.alloc(Math.min(left, 65_536));
}

function gone(caught: unknown): undefined {
  if (caught instanceof Error && 'code' in caught && caught.code === 'ENOENT') return;
  throw caught;
}

/**
 * Puts homes back into a folder that is new. A link is made when everything else is there, so that nothing is ever
 * written through one; folders get mode and time at the end, from the inmost out.
 */
export class HomesWriter {
  readonly #folder: string;
  readonly #isRoot: boolean;
  readonly #later: { path: string; header: ArchiveEntry['header'] }[] = [];

  /** @param options `isRoot` tells whether owners can be given back */
  constructor(folder: string, { isRoot }: { isRoot: boolean }) {
    this.#folder = folder;
    this.#isRoot = isRoot;
  }

  /** @throws backup_damaged for a name that leads elsewhere */
  async write(entry: ArchiveEntry): Promise<void> {
    const { header } = entry;
    const path = join(this.#folder, safeName(header.name));
    if (header.type === 'symlink' || header.type === 'directory') {
      if (header.type === 'directory') await mkdir(path, { mode: 0o700 });
      this.#later.push({ path, header });
      entry.skip();
      return;
    }
    if (header.type !== 'file') throw new HomeroomError('backup_damaged', `${header.name} is no file.`);
    await pipeline(entry.content, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    await this.#dress(path, header);
  }

  async finish(): Promise<void> {
    for (const { path, header } of this.#later.toReversed()) {
      if (header.type === 'symlink') await symlink(header.linkname, path);
      await this.#dress(path, header);
    }
  }

  async #dress(path: string, { type, mode, uid, gid, mtime }: ArchiveEntry['header']): Promise<void> {
    // The owner first: changing it takes the set-user-id bit away.
    if (this.#isRoot) await lchown(path, uid, gid);
    if (type !== 'symlink') await chmod(path, mode & 0o7777);
    await lutimes(path, mtime, mtime);
  }
}

function safeName(name: string): string {
  const below = name.slice(homesPrefix.length).replace(/\/$/, '');
  const parts = below.split('/');
  const isSafe =
    name.startsWith(homesPrefix) && parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (isSafe && !below.includes('\0')) return below;
  throw new HomeroomError('backup_damaged', `${name} leads out of the folder of homes.`);
}
