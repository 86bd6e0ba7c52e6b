/**
 * Files that are handed out and that were collected, on disk. Rules:
 * - what comes in is written to `incoming` under a name of ours, and moved to its place by one rename when it is whole;
 * - nothing here has a name that somebody else chose: those stand in the database alone.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { HomeroomError } from '@homeroom/protocol';

/** A file that came in and has no place yet. */
export interface ReceivedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** What a hand-out's file is called here. */
const handedOutName = 'file';
/** Whatever is older was left by a process that died over it. */
const incomingMaxAgeMs = 24 * 3600 * 1000;

export class FileShelf {
  readonly #dir: string;

  /** @param dir the folder for files, absolute; made when it is first needed */
  constructor({ dir }: { dir: string }) {
    this.#dir = dir;
  }

  /**
   * Write down what comes in.
   *
   * @throws body_too_large past `maxBytes`; then nothing of it is left
   */
  async receive(from: Readable, { maxBytes }: { maxBytes: number }): Promise<ReceivedFile> {
    const path = await this.#newPath();
    try {
      return await writeDown(from, path, maxBytes);
    } catch (caught) {
      await rm(path, { force: true });
      throw caught;
    }
  }

  /** @returns a new folder in `incoming`, to be filled and then kept */
  async newFolder(): Promise<string> {
    const path = await this.#newPath();
    await mkdir(path, { mode: 0o700 });
    return path;
  }

  /** Give what came in its place, as the file that a round hands out. */
  keepHandedOut(round: string, { path }: Pick<ReceivedFile, 'path'>): Promise<void> {
    return this.#keep(path, round, handedOutName);
  }

  /** Give a folder its place, as what was collected of somebody; what was collected of them before is gone. */
  keepCollected(round: string, user: string, folder: string): Promise<void> {
    return this.#keep(folder, round, user);
  }

  /** @returns where the file stands that a round hands out */
  handedOut(round: string): string {
    return join(this.#dir, 'rounds', round, handedOutName);
  }

  /** @returns where the file stands that was collected as the so-manieth */
  collected(round: string, user: string, index: number): string {
    return join(this.#dir, 'rounds', round, user, String(index));
  }

  /** Read a file. @throws file_gone when it was removed */
  async read(path: string): Promise<Readable> {
    if (!(await this.has(path))) throw new HomeroomError('file_gone');
    return createReadStream(path);
  }

  /** @returns whether a file stands there: not after a restore, nor when somebody tidied up */
  async has(path: string): Promise<boolean> {
    return await stat(path).then(
      (found) => found.isFile(),
      () => false,
    );
  }

  /** Forget what came in and was not kept; what has got its place stays. */
  async discard(path: string): Promise<void> {
    await rm(path, { recursive: true, force: true });
  }

  /** Remove everything of a round. What is not there is no fault. */
  async remove(round: string): Promise<void> {
    await rm(join(this.#dir, 'rounds', round), { recursive: true, force: true });
  }

  /** @returns the rounds of which there are files, but for those that are being begun just now */
  async rounds(nowMs: number): Promise<string[]> {
    const folder = join(this.#dir, 'rounds');
    const names = await readdir(folder).catch(() => []);
    const ages = await Promise.all(
      names.map(async (name) => {
        const found = await stat(join(folder, name)).catch(() => undefined);
        return found && nowMs - found.mtimeMs > incomingMaxAgeMs ? [name] : [];
      }),
    );
    return ages.flat();
  }

  /** Remove what processes left that died while it came in. */
  async sweep(nowMs: number): Promise<void> {
    const incoming = join(this.#dir, 'incoming');
    for (const name of await readdir(incoming).catch(() => [])) {
      const path = join(incoming, name);
      const found = await stat(path).catch(() => undefined);
      if (found && nowMs - found.mtimeMs > incomingMaxAgeMs) await this.discard(path);
    }
  }

  async #newPath(): Promise<string> {
    const incoming = join(this.#dir, 'incoming');
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    return join(incoming, randomUUID());
  }

  async #keep(path: string, round: string, name: string): Promise<void> {
    const folder = join(this.#dir, 'rounds', round);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const target = join(folder, name);
    await rm(target, { recursive: true, force: true });
    await rename(path, target);
  }
}

async function writeDown(from: Readable, path: string, maxBytes: number): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  await using file = await open(path, 'wx', 0o600);
  for await (const chunk of from) {
    const bytes: Buffer = chunk;
    sizeBytes += bytes.length;
    if (sizeBytes > maxBytes) {
      throw new HomeroomError('body_too_large', `at most ${Math.floor(maxBytes / 2 ** 20)} MiB`);
    }
    hash.update(bytes);
    await file.writeFile(bytes);
  }
  await file.sync();
  return { path, sizeBytes, sha256: hash.digest('hex') };
}
