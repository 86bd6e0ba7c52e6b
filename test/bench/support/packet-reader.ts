/** Cuts a stream of bytes into MQTT packets. */
export class PacketReader {
  #pending: Buffer = Buffer.alloc(0);
  readonly #onPacket: (type: number, flags: number, body: Buffer) => void;

  constructor(onPacket: (type: number, flags: number, body: Buffer) => void) {
    this.#onPacket = onPacket;
  }

  feed(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    for (;;) {
      const length = this.#readPacket(this.#pending);
      if (length === 0) return;
      this.#pending = this.#pending.subarray(length);
    }
  }

  /** @returns how many bytes the first packet takes; 0 while it is not all there */
  #readPacket(bytes: Buffer): number {
    let length = 0;
    let at = 1;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) return 0;
      length += (byte & 0x7f) * scale;
      if ((byte & 0x80) === 0) break;
    }
    if (bytes.length < at + length) return 0;
    const head = bytes[0] ?? 0;
    this.#onPacket(head >> 4, head & 0x0f, bytes.subarray(at, at + length));
    return at + length;
  }
}
