import type { Readable } from 'node:stream';
import type { FileShelf, ReceivedFile } from '../attention/files/file-shelf.ts';

export interface IncomingFileOptions {
  readonly content: Readable;
  readonly maxBytes: number;
  readonly shelf: Pick<FileShelf, 'receive' | 'discard'>;
}

/** A body that is a file: nothing of it is read before somebody asks for it, who knows by then that the caller may send it. */
export class IncomingFile {
  readonly #options: IncomingFileOptions;
  #received: Promise<ReceivedFile> | undefined;

  constructor(options: IncomingFileOptions) {
    this.#options = options;
  }

  /** Write it to disk; asked again, it is the same file. @throws body_too_large */
  receive(): Promise<ReceivedFile> {
    const { shelf, content, maxBytes } = this.#options;
    this.#received ??= shelf.receive(content, { maxBytes });
    return this.#received;
  }

  /** Remove it, unless it was given a place. */
  async discard(): Promise<void> {
    const received = await this.#received?.catch(() => undefined);
    if (received) await this.#options.shelf.discard(received.path);
  }
}
