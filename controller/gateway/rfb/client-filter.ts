/**
 * Lets some messages of a VNC client through and drops the others, whatever its page does. Rules:
 * - ClientInit, the first byte of the stream, always asks for a shared desktop (RFC 6143, 7.3.1): nobody who only looks
 *   puts others out;
 * - a message may be cut anywhere: its head is held back until it is known what it is, its body passes as it comes;
 * - a message of unknown length ends it: what follows could be anything;
 * - who only looks gets no clipboard either. A server with the extended clipboard sends what was copied unasked unless
 *   the client said what it takes, so that is said here: to be told, and never anything to be sent.
 */
import { HomeroomError } from '@homeroom/protocol';
import { clientMessages, longestHead, messageLength } from './client-messages.ts';

const {
  setPixelFormat,
  setEncodings,
  framebufferUpdateRequest,
  enableContinuousUpdates,
  clientFence,
  keyEvent,
  pointerEvent,
  clientCutText,
  qemu,
} = clientMessages;

/** What a picture needs. */
const looking = [
  setPixelFormat,
  setEncodings,
  framebufferUpdateRequest,
  enableContinuousUpdates,
  clientFence,
] as const;
/** The size of the desktop stays its user's. */
const handling = [...looking, keyEvent, pointerEvent, clientCutText, qemu] as const;

const shared = 1;
/** The extended clipboard's pseudo encoding, and its flags (rfbproto, "Extended Clipboard Pseudo-Encoding"). */
const extendedClipboard = Buffer.of(0xc0, 0xa1, 0xe5, 0xce);
const clipboardCaps = 1 << 24;
const clipboardNotify = 1 << 27;

/** Drops what is not to reach the desktop. */
export class ClientFilter {
  readonly #allowed: ReadonlySet<number>;
  readonly #isViewOnly: boolean;
  readonly #head = Buffer.alloc(longestHead);
  #headLength = 0;
  #isBegun = false;
  /** Bytes of the present message that are still to come. */
  #left = 0;
  #isPassing = false;
  /** Sent after the present message. */
  #after: Buffer | undefined;

  /** @param kind `view` lets through what a picture needs, `control` keyboard, mouse and clipboard too */
  constructor(kind: 'view' | 'control') {
    this.#isViewOnly = kind === 'view';
    this.#allowed = new Set<number>(this.#isViewOnly ? looking : handling);
  }

  /**
   * @param chunk the next bytes that the client sent, after its handshake
   * @returns what may go on to the desktop, in memory of its own; empty for nothing
   * @throws not_allowed after a message that is unknown
   */
  pass(chunk: Uint8Array): Buffer {
    const passed: Uint8Array[] = [];
    for (let offset = 0; offset < chunk.length; ) {
      if (this.#left > 0) offset += this.#passBody(chunk.subarray(offset), passed);
      else this.#passHead(chunk[offset++] ?? 0, passed);
    }
    return Buffer.concat(passed);
  }

  /** @returns how many bytes of the body there were */
  #passBody(rest: Uint8Array, passed: Uint8Array[]): number {
    const body = rest.subarray(0, this.#left);
    if (this.#isPassing) passed.push(body);
    this.#left -= body.length;
    this.#finish(passed);
    return body.length;
  }

  #passHead(byte: number, passed: Uint8Array[]): void {
    if (!this.#isBegun) {
      this.#isBegun = true;
      passed.push(Buffer.of(shared));
      return;
    }
    this.#head[this.#headLength++] = byte;
    const length = messageLength(this.#head, this.#headLength);
    if (length === 'unknown') throw new HomeroomError('not_allowed', 'the viewer sent an unknown message');
    if (length === 'needs-more') return;
    const type = this.#head[0] ?? 0;
    this.#isPassing = this.#allowed.has(type);
    this.#left = length - this.#headLength;
    if (this.#isPassing) passed.push(...this.#headOf(type));
    this.#headLength = 0;
    this.#finish(passed);
  }

  #headOf(type: number): Buffer[] {
    const head = Buffer.from(this.#head.subarray(0, this.#headLength));
    if (!this.#isViewOnly || type !== setEncodings) return [head];
    const count = head.readUInt16BE(2);
    if (count === 0xffff) throw new HomeroomError('not_allowed', 'the viewer knows too many encodings');
    head.writeUInt16BE(count + 1, 2);
    this.#after = takesNoClipboard();
    return [head, extendedClipboard];
  }

  #finish(passed: Uint8Array[]): void {
    if (this.#left > 0 || !this.#after) return;
    passed.push(this.#after);
    this.#after = undefined;
  }
}

/** ClientCutText with a negative length: the formats that are taken are none. */
function takesNoClipboard(): Buffer {
  const message = Buffer.alloc(12);
  message.writeUInt8(clientCutText, 0);
  message.writeInt32BE(-4, 4);
  message.writeUInt32BE(clipboardCaps | clipboardNotify, 8);
  return message;
}
