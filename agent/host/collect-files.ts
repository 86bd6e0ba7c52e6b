/**
 * Copies a folder that its user can still change. Rules:
 * - nothing of it is trusted: each name is opened relative to its opened folder, links are not followed, and what was
 *   opened is looked at, not what its name said before. So no link, and no swap of one, leads out of the folder;
 * - files of others (a hard link to one) and whatever is no plain file are left, and told;
 * - limits hold over the whole folder; what is too much is left, and told.
 */
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CollectionReport, LeftReason } from '@homeroom/protocol/wire';

export interface CopyLimits {
  readonly maxFiles: number;
  readonly maxBytes: number;
}

export interface CopyOptions {
  /** The home: nobody but root can put another folder in its place. */
  readonly home: string;
  /** The folder in it. */
  readonly folder: string;
  /** An empty folder, the agent's alone. */
  readonly target: string;
  /** Whose files are taken. */
  readonly owner: number;
  readonly limits: CopyLimits;
  readonly signal: AbortSignal;
}

export type Copied = Pick<CollectionReport, 'isMissing' | 'files' | 'left' | 'leftCount'>;

const maxDepth = 8;
/** More than what is collected are looked at, but not for ever. */
const maxEntries = 10_000;
const maxTold = 100;
const chunkBytes = 256 * 1024;
/** The report travels in one message. */
const maxPathLength = 300;

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;
const openFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
/** A pipe without a writer must not keep us waiting. */
const openAny = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

/** Copy a folder. @returns what was copied and what was left; `isMissing` when there is no such folder */
export async function collectFiles(options: CopyOptions): Promise<Copied> {
  await using home = await open(options.home, openFolder).catch(() => undefined);
  await using root = home && (await open(below(home, options.folder), openFolder).catch(() => undefined));
  if (!root) return { isMissing: true, files: [], left: [], leftCount: 0 };
  const copy = new FolderCopy(options);
  await copy.take(root, '', 0);
  return copy.copied;
}

class FolderCopy {
  readonly #options: CopyOptions;
  readonly #files: { path: string; sizeBytes: number }[] = [];
  readonly #left: { path: string; reason: LeftReason }[] = [];
  #leftCount = 0;
  #entries = 0;
  #bytes = 0;

  constructor(options: CopyOptions) {
    this.#options = options;
  }

  get copied(): Copied {
    return { isMissing: false, files: this.#files, left: this.#left, leftCount: this.#leftCount };
  }

  async take(folder: FileHandle, path: string, depth: number): Promise<void> {
    const names = await readdir(below(folder));
    for (const name of names.toSorted()) {
      this.#options.signal.throwIfAborted();
      this.#entries += 1;
      const inner = path === '' ? name : `${path}/${name}`;
      if (this.#entries > maxEntries || inner.length > maxPathLength) {
        this.#leave(inner.slice(0, maxPathLength), 'too-many');
      } else {
        await this.#entry(folder, { name, path: inner, depth });
      }
    }
  }

  async #entry(folder: FileHandle, entry: { name: string; path: string; depth: number }): Promise<void> {
    const { name, path, depth } = entry;
    try {
      await using opened = await open(below(folder, name), openAny);
      const found = await opened.stat();
      if (found.isDirectory()) await this.#inner(opened, path, depth);
      else if (!found.isFile()) this.#leave(path, 'not-a-file');
      else if (found.uid !== this.#options.owner) this.#leave(path, 'not-the-users');
      else await this.#file(opened, path, found.size);
    } catch (caught) {
      this.#options.signal.throwIfAborted();
      const reason = leftReasonOf(caught);
      if (!reason) throw caught;
      this.#leave(path, reason);
    }
  }

  async #inner(folder: FileHandle, path: string, depth: number): Promise<void> {
    if (depth >= maxDepth) return this.#leave(path, 'too-deep');
    await mkdir(join(this.#options.target, path), { mode: 0o700 });
    await this.take(folder, path, depth + 1);
  }

  async #file(file: FileHandle, path: string, sizeBytes: number): Promise<void> {
    const { limits, target, signal } = this.#options;
    if (this.#files.length >= limits.maxFiles) return this.#leave(path, 'too-many');
    if (this.#bytes + sizeBytes > limits.maxBytes) return this.#leave(path, 'too-large');
    this.#bytes += sizeBytes;
    this.#files.push({ path, sizeBytes });
    await using copy = await open(join(target, path), 'wx', 0o600);
    await copyBytes(file, copy, { sizeBytes, signal });
  }

  #leave(path: string, reason: LeftReason): void {
    this.#leftCount += 1;
    if (this.#left.length < maxTold) this.#left.push({ path, reason });
  }
}

/** No more than there was when it was looked at: it may grow meanwhile. */
async function copyBytes(
  from: FileHandle,
  to: FileHandle,
  { sizeBytes, signal }: { sizeBytes: number; signal: AbortSignal },
): Promise<void> {
  const buffer = Buffer.alloc(Math.min(sizeBytes, chunkBytes));
  for (let done = 0; done < sizeBytes; ) {
    signal.throwIfAborted();
    const { bytesRead } = await from.read(buffer, 0, Math.min(buffer.length, sizeBytes - done));
    if (bytesRead === 0) return;
    await to.writeFile(buffer.subarray(0, bytesRead));
    done += bytesRead;
  }
}

/** A name relative to an opened folder, whatever becomes of the folder's own name. */
function below(folder: FileHandle, name = ''): string {
  return `/proc/self/fd/${folder.fd}/${name}`;
}

/** @returns undefined for what is wrong on our side */
function leftReasonOf(caught: unknown): LeftReason | undefined {
  const code = caught instanceof Error && 'code' in caught ? caught.code : undefined;
  if (code === 'ELOOP') return 'link';
  if (code === 'ENXIO' || code === 'ENODEV') return 'not-a-file';
  return code === 'EACCES' || code === 'ENOENT' || code === 'EIO' ? 'unreadable' : undefined;
}
