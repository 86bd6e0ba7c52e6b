/**
 * Finds a person's input in what a VNC client sends, without copying: it walks from message to
 * message by their lengths (RFC 6143, 7.5, and the extensions that noVNC speaks) and looks at the
 * first byte of each. Rules:
 * - the first byte of the stream is ClientInit (7.3.1), no message;
 * - a message may be cut anywhere: only its head (at most 9 bytes) is kept between chunks;
 * - after an unknown message the lengths are lost: from then on everything counts as input, since
 *   ending the work of somebody who is there is worse than an idle session that stays.
 */
export class InputScanner {
  /** Bytes of the present message that are still to pass. */
  #skip = 1;
  /** The beginning of a message whose length is not known yet. */
  readonly #head = Buffer.alloc(12);
  #headLength = 0;
  #isLost = false;

  /**
   * @param chunk the next bytes that the client sent, after its handshake
   * @returns whether they hold the beginning of a key, pointer or clipboard message
   */
  sawInput(chunk: Uint8Array): boolean {
    if (this.#isLost) return chunk.length > 0;
    let isInput = false;
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, chunk.length - offset);
        this.#skip -= passed;
        offset += passed;
        continue;
      }
      this.#head[this.#headLength++] = chunk[offset++] ?? 0;
      const length = messageLength(this.#head, this.#headLength);
      if (length === 'unknown') {
        this.#isLost = true;
        return true;
      }
      if (length === 'needs-more') continue;
      isInput ||= inputTypes.has(this.#head[0] ?? 0);
      this.#skip = length - this.#headLength;
      this.#headLength = 0;
    }
    return isInput;
  }
}

/** KeyEvent, PointerEvent, ClientCutText, QEMU extended key event. */
const inputTypes: ReadonlySet<number> = new Set([4, 5, 6, 255]);

/** How long a message is, told by its first `needs` bytes; one row per type. */
const lengths: Readonly<Record<number, { needs: number; length: (head: Buffer) => number }>> = {
  // SetPixelFormat
  0: { needs: 1, length: () => 20 },
  // SetEncodings
  2: { needs: 4, length: (head) => 4 + 4 * head.readUInt16BE(2) },
  // FramebufferUpdateRequest
  3: { needs: 1, length: () => 10 },
  // KeyEvent
  4: { needs: 1, length: () => 8 },
  // PointerEvent; the highest bit of the mask marks the extended one, with a byte more of buttons
  5: { needs: 2, length: (head) => (head.readUInt8(1) & 0x80 ? 7 : 6) },
  // ClientCutText; a negative length marks the extended clipboard's
  6: { needs: 8, length: (head) => 8 + Math.abs(head.readInt32BE(4)) },
  // EnableContinuousUpdates
  150: { needs: 1, length: () => 10 },
  // ClientFence
  248: { needs: 9, length: (head) => 9 + head.readUInt8(8) },
  // xvp
  250: { needs: 1, length: () => 4 },
  // SetDesktopSize
  251: { needs: 8, length: (head) => 8 + 16 * head.readUInt8(6) },
};

function messageLength(head: Buffer, have: number): number | 'needs-more' | 'unknown' {
  const type = head[0] ?? 0;
  if (type === 255) return qemuLength(head, have);
  const row = lengths[type];
  if (!row) return 'unknown';
  return have < row.needs ? 'needs-more' : row.length(head);
}

/** QEMU's messages have a subtype; noVNC sends 0, the extended key event. */
function qemuLength(head: Buffer, have: number): number | 'needs-more' | 'unknown' {
  if (have < 2) return 'needs-more';
  return head[1] === 0 ? 12 : 'unknown';
}
