import { clientMessages, longestHead, messageLength } from './client-messages.ts';

/**
 * Finds a person's input in what a VNC client sends, without copying: it walks from message to
 * message by their lengths and looks at the
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
  readonly #head = Buffer.alloc(longestHead);
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

const { keyEvent, pointerEvent, clientCutText, qemu } = clientMessages;
const inputTypes: ReadonlySet<number> = new Set([keyEvent, pointerEvent, clientCutText, qemu]);
