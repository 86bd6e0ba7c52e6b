import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { type BackupManifest, homesPrefix } from './backup-format.ts';
import { createSeal, SealingStream } from './sealed-stream.ts';

/** What is told of an entry beside its content. */
export type EntryHeader = Pick<Header, 'name'> &
  Partial<Pick<Header, 'mode' | 'uid' | 'gid' | 'mtime' | 'type' | 'linkname'>>;

/**
 * Writes the file of a backup, entry by entry, and reckons the checksums of its manifest. It is `<path>.part` until it is
 * whole, and readable by its owner alone from the first byte.
 */
export class ArchiveWriter {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #pack = pack();
  readonly #entries: BackupManifest['entries'] = [];
  readonly #homes = { entries: 0, bytes: 0, hash: createHash('sha256') };
  #written: Promise<void> | undefined;
  #fault: Error | undefined;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** @throws what the system says when the file cannot be made, or another backup writes it */
  static async open(path: string, passphrase: string | undefined): Promise<ArchiveWriter> {
    const writer = new ArchiveWriter(path, await open(`${path}.part`, 'wx', 0o600));
    try {
      await writer.#begin(passphrase);
      return writer;
    } catch (caught) {
      await writer.abandon();
      throw caught;
    }
  }

  async #begin(passphrase: string | undefined): Promise<void> {
    const seal = passphrase === undefined ? undefined : await createSeal(passphrase);
    if (seal) await this.#file.write(seal.header);
    const sealing = seal ? new SealingStream(seal) : new PassThrough();
    this.#written = pipeline(
      Readable.from(this.#pack, { objectMode: false }),
      createGzip(),
      sealing,
      this.#file.createWriteStream({ flush: true }),
    );
    // Whoever adds next is told; without this it would end the process.
    this.#written.catch((error: Error) => {
      this.#fault = error;
    });
  }

  /** Add something that is at hand whole. */
  async add(header: EntryHeader, content: Buffer | string = ''): Promise<void> {
    const bytes = Buffer.from(content);
    await this.#entry({ ...header, size: bytes.length }, [bytes]);
  }

  /** Add something large. @param bytes as many as `content` gives */
  async addStream(header: EntryHeader, bytes: number, content: Readable): Promise<void> {
    await this.#entry({ ...header, size: bytes }, content);
  }

  /** The checksums of what was added until now. */
  get checksums(): Pick<BackupManifest, 'entries' | 'homes'> {
    const { entries, bytes, hash } = this.#homes;
    return { entries: [...this.#entries], homes: { entries, bytes, sha256: hash.copy().digest('hex') } };
  }

  /** End the file and put it in its place. */
  async finish(): Promise<void> {
    this.#pack.finalize();
    await this.#written;
    await rename(`${this.#path}.part`, this.#path);
  }

  /** Leave nothing behind. */
  async abandon(): Promise<void> {
    this.#pack.destroy();
    await this.#written?.catch(() => undefined);
    // Its stream may have closed it already.
    await this.#file.close().catch(() => undefined);
    await rm(`${this.#path}.part`, { force: true });
  }

  async #entry(
    header: EntryHeader & { readonly size: number },
    content: Iterable<Buffer> | AsyncIterable<Buffer>,
  ): Promise<void> {
    if (this.#fault) throw this.#fault;
    // A disk that is full ends the file's stream, and no entry would ever hear of it.
    const closed = this.#written?.then(() => Promise.reject(new Error('the file was closed')));
    const sha256 = await Promise.race([this.#pour(header, content), closed]);
    this.#note(header.name, header.size, sha256 ?? '');
  }

  /** @returns the checksum of what went in */
  async #pour(header: EntryHeader, content: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<string> {
    const hash = createHash('sha256');
    const { promise: settled, resolve, reject } = Promise.withResolvers<void>();
    const sink = this.#pack.entry(header, (error) => (error ? reject(error) : resolve()));
    const isEmpty = header.type === 'symlink' || header.type === 'directory';
    for await (const chunk of isEmpty ? [] : content) {
      hash.update(chunk);
      if (!sink.write(chunk)) await once(sink, 'drain');
    }
    if (!isEmpty) sink.end(null);
    await settled;
    return hash.digest('hex');
  }

  #note(name: string, bytes: number, sha256: string): void {
    if (!name.startsWith(homesPrefix)) {
      this.#entries.push({ name, bytes, sha256 });
      return;
    }
    this.#homes.entries += 1;
    this.#homes.bytes += bytes;
    this.#homes.hash.update(`${sha256} ${bytes} ${name}\n`);
  }
}
