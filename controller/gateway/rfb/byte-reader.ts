import { HomeroomError } from '@homeroom/protocol';

/** No handshake of ours needs more; a longer one is an attack or no RFB at all. */
const maxBufferedBytes = 4096;

/** Collects chunks until a whole field is there. */
export class ByteReader {
  #bytes: Buffer = Buffer.alloc(0);

  /** @throws HomeroomError `stream_unreachable` when more is buffered than a handshake can need */
  push(chunk: Buffer): void {
    // A copy always: the chunk's memory is used again.
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    if (this.#bytes.length > maxBufferedBytes) {
      throw new HomeroomError('stream_unreachable', 'too many bytes before the end of the RFB handshake');
    }
  }

  /** @returns the next `count` bytes, or undefined (and nothing is taken) while fewer are there. */
  take(count: number): Buffer | undefined {
    if (this.#bytes.length < count) return undefined;
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }

  /** @returns the next bytes without taking them, or undefined while fewer are there. */
  peek(count: number): Buffer | undefined {
    return this.#bytes.length < count ? undefined : this.#bytes.subarray(0, count);
  }

  /** @returns everything that is left; the reader is empty afterwards. */
  rest(): Buffer {
    return this.take(this.#bytes.length) ?? this.#bytes;
  }
}
