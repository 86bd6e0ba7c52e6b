import type { Readable } from 'node:stream';

/** Reads a stream by counted pieces, as binary protocols want them. One reader at a time. */
export class ByteReader {
  #buffered = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  #failure: Error | undefined;

  constructor(stream: Readable) {
    stream.on('data', (chunk: Buffer) => {
      this.#buffered = Buffer.concat([this.#buffered, chunk]);
      this.#wake();
    });
    const fail = (error: Error) => {
      this.#failure ??= error;
      this.#wake();
    };
    stream.on('error', fail);
    stream.on('close', () => fail(new Error('the stream was closed')));
    stream.on('end', () => fail(new Error('the stream has ended')));
  }

  /** @throws when the stream ends before so many bytes have come */
  async read(length: number): Promise<Buffer> {
    while (this.#buffered.length < length) {
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const piece = this.#buffered.subarray(0, length);
    this.#buffered = this.#buffered.subarray(length);
    return piece;
  }

  async readUint8(): Promise<number> {
    return (await this.read(1)).readUInt8();
  }

  async readUint16(): Promise<number> {
    return (await this.read(2)).readUInt16BE();
  }

  async readUint32(): Promise<number> {
    return (await this.read(4)).readUInt32BE();
  }
}
