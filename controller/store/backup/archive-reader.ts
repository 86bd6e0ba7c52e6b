import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { HomeroomError, toError } from '@homeroom/protocol';
import { type Extract, extract, type Header } from 'tar-stream';
import { OpeningStream, openSeal, sealHeaderBytes, sealMagic } from './sealed-stream.ts';

const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** One entry; its content must be read, or left out by `skip`, before the next is asked for. */
export interface ArchiveEntry {
  readonly header: Header;
  readonly content: AsyncIterable<Buffer>;
  skip(): void;
}

/** A backup's file, and how it is opened. */
export interface ArchivePlace {
  readonly path: string;
  /** Undefined where none was given; asked for only where the file is sealed. */
  readonly passphrase: string | undefined;
}

/** @returns whether a file is sealed @throws backup_damaged when it is no backup; what the system says when it cannot be read */
export async function isSealed(path: string): Promise<boolean> {
  const head = await readHead(path);
  if (head.subarray(0, sealMagic.length).equals(sealMagic)) return true;
  if (head.subarray(0, gzipMagic.length).equals(gzipMagic)) return false;
  throw new HomeroomError('backup_damaged', `${path} is no backup of Homeroom.`);
}

/**
 * Read a backup's file from its beginning. Each entry must be read to its end before the next is asked for.
 *
 * @throws backup_damaged, backup_passphrase_wrong
 */
export async function* readArchive({ path, passphrase }: ArchivePlace): AsyncGenerator<ArchiveEntry> {
  const header = (await isSealed(path)) ? await readHead(path) : undefined;
  if (header && passphrase === undefined)
    throw new HomeroomError('backup_passphrase_wrong', 'The backup is sealed; its passphrase is needed.');
  const opening = header
    ? new OpeningStream({ key: await openSeal(passphrase ?? '', header), header })
    : new PassThrough();
  const file = await open(path);
  const entries = extract();
  const source = file.createReadStream({ start: header?.length ?? 0 });
  const read = pipeline(source, opening, createGunzip(), (chunks) => feed(entries, chunks));
  const fault = read.then(
    () => undefined,
    (caught: unknown) => {
      const error = toError(caught);
      // Of a file that cannot be opened no entry would ever come.
      entries.destroy(error);
      return error;
    },
  );
  try {
    for await (const entry of entries) {
      yield { header: entry.header, content: bytesOf(entry), skip: () => entry.resume() };
    }
  } catch (caught) {
    throw damageOf((await fault) ?? caught);
  } finally {
    entries.destroy();
    await fault;
  }
  const late = await fault;
  if (late) throw damageOf(late);
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

async function* bytesOf(entry: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of entry) if (Buffer.isBuffer(chunk)) yield chunk;
  } catch (caught) {
    throw damageOf(caught);
  }
}

function damageOf(caught: unknown): HomeroomError {
  if (caught instanceof HomeroomError) return caught;
  const cause = toError(caught);
  return new HomeroomError('backup_damaged', `The backup cannot be read to its end (${cause.message}).`, {
    cause,
  });
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(sealHeaderBytes);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
