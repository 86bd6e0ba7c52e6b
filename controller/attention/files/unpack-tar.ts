/**
 * Takes a tar apart that a host sent. Rules: only plain files count; no name of it becomes a name on this disk; what is
 * more than was agreed ends it, and then nothing of it is kept.
 */
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { HomeroomError, toError } from '@homeroom/protocol';
import { type Extract, extract, type Header } from 'tar-stream';
import { safePath, UniqueNames } from './safe-names.ts';

export interface UnpackOptions {
  /** An empty folder; the files get the names 0, 1, 2 … */
  readonly into: string;
  readonly maxFiles: number;
  readonly maxBytes: number;
}

/** A file by its place in the list: its own name, made safe, without the folder that a host puts all of them in. */
export interface UnpackedFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * @returns the files, in the order of their names on disk
 * @throws archive_damaged when it is no tar, or more than was agreed
 */
export async function unpackTar(tarPath: string, options: UnpackOptions): Promise<UnpackedFile[]> {
  await using tar = await open(tarPath);
  const entries = extract();
  const fed = feed(entries, tar.createReadStream({ autoClose: false })).then(
    () => undefined,
    (caught: unknown) => {
      const error = toError(caught);
      // Of a file that cannot be read no entry would ever come.
      entries.destroy(error);
      return error;
    },
  );
  const unpacked = new Unpacking(options);
  try {
    for await (const entry of entries) {
      if (isPlainFile(entry.header)) await unpacked.take(entry.header, entry);
      else entry.resume();
    }
  } catch (caught) {
    throw damaged((await fed) ?? caught);
  } finally {
    entries.destroy();
  }
  const fault = await fed;
  if (fault) throw damaged(fault);
  return unpacked.files;
}

class Unpacking {
  readonly files: UnpackedFile[] = [];
  readonly #options: UnpackOptions;
  readonly #names = new UniqueNames();
  #bytes = 0;

  constructor(options: UnpackOptions) {
    this.#options = options;
  }

  async take({ name, size }: Header, content: AsyncIterable<unknown>): Promise<void> {
    const { into, maxFiles, maxBytes } = this.#options;
    this.#bytes += size;
    if (this.files.length >= maxFiles || this.#bytes > maxBytes) {
      throw new HomeroomError('archive_damaged', 'The host sent more than it was asked for.');
    }
    const [, ...own] = name.split('/');
    const path = this.#names.take(safePath(own.join('/')) ?? 'unnamed');
    await using file = await open(join(into, String(this.files.length)), 'wx', 0o600);
    for await (const chunk of content) if (Buffer.isBuffer(chunk)) await file.writeFile(chunk);
    this.files.push({ path, sizeBytes: size });
  }
}

async function feed(entries: Extract, chunks: AsyncIterable<Buffer>): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  entries.on('close', resolve);
  for await (const chunk of chunks) {
    if (entries.destroyed) return;
    if (!entries.write(chunk)) await Promise.race([once(entries, 'drain'), closed]);
  }
  entries.end(null);
  await closed;
}

function isPlainFile({ type }: Header): boolean {
  return type === 'file' || type === 'contiguous-file';
}

function damaged(caught: unknown): Error {
  if (caught instanceof HomeroomError) return caught;
  return new HomeroomError('archive_damaged', undefined, { cause: toError(caught) });
}
