/**
 * Watches the bytes of one MQTT connection for a packet that says it is longer than allowed
 * ([MQTT-2.2.3]), so that a giant one is refused at its header and never gathered in memory.
 */
export class PacketLengthGuard {
  #maxBytes: number;
  /** Bytes of the present packet's body still to come. */
  #bodyLeft = 0;
  #isInLength = false;
  #length = 0;
  #lengthBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Set another limit for the packets that begin after this. */
  allow(maxBytes: number): void {
    this.#maxBytes = maxBytes;
  }

  /**
   * @param chunk the next bytes of the connection, in order, split anywhere
   * @returns whether every packet that begins in it keeps to the limit
   */
  accepts(chunk: Uint8Array): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#bodyLeft > 0) {
        const skipped = Math.min(this.#bodyLeft, chunk.length - at);
        this.#bodyLeft -= skipped;
        at += skipped;
      } else if (!this.#isInLength) {
        this.#isInLength = true;
        this.#length = 0;
        this.#lengthBytes = 0;
        at += 1;
      } else if (!this.#readLength(chunk[at++] ?? 0)) {
        return false;
      }
    }
    return true;
  }

  /** One byte of "remaining length": seven bits, and a flag that says that more follow. */
  #readLength(byte: number): boolean {
    this.#length += (byte & 0x7f) * 128 ** this.#lengthBytes;
    this.#lengthBytes += 1;
    if (this.#length > this.#maxBytes || this.#lengthBytes > 4) return false;
    if ((byte & 0x80) === 0) {
      this.#isInLength = false;
      this.#bodyLeft = this.#length;
    }
    return true;
  }
}
