import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { ByteChannel, BytesListener } from './byte-channel.ts';
import { frameHeaderLength, writeFrameHeader } from './frame-header.ts';

/** RFC 6455, 7.4.1: a text message where bytes are spoken. */
const unsupportedData = 1003;
/** A page that does not answer the close is cut off after this time. */
const closeTimeoutMs = 2_000;

/** The binary messages of a WebSocket as one stream of bytes; their borders mean nothing. */
export class WebSocketChannel implements ByteChannel {
  readonly closed: Promise<void>;
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  #listener: BytesListener | undefined;
  #drained: (() => void) | undefined;
  #isAlive = true;
  #isSending = false;

  /** @param socket the one that carries it: it knows how much is still to be sent */
  constructor(webSocket: WebSocket, socket: Duplex) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    webSocket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    webSocket.on('pong', () => {
      this.#isAlive = true;
    });
    webSocket.on('error', () => webSocket.terminate());
    webSocket.once('close', () => resolve());
    webSocket.pause();
  }

  /**
   * Each write is one message. Where there is room before the bytes, the frame is finished there and
   * sent in one piece; `ws` would send two.
   */
  write(bytes: Buffer, headRoom = 0): boolean {
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return true;
    const header = frameHeaderLength(bytes.length);
    if (headRoom >= header) {
      const frame = Buffer.from(bytes.buffer, bytes.byteOffset - header, header + bytes.length);
      writeFrameHeader(frame, 0, bytes.length);
      this.#socket.write(frame, this.#onSent);
    } else {
      this.#webSocket.send(bytes, { binary: true, compress: false }, this.#onSent);
    }
    // Mostly the kernel takes all of it at once.
    this.#isSending = this.#socket.writableLength > 0;
    return !this.#isSending;
  }

  onBytes(listener: BytesListener): void {
    this.#listener = listener;
  }

  onDrain(listener: () => void): void {
    this.#drained = listener;
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }

  /** Ask whether the other side is still there. @returns false when it did not answer the last time */
  checkAlive(): boolean {
    const wasAlive = this.#isAlive;
    this.#isAlive = false;
    if (wasAlive && this.#webSocket.readyState === this.#webSocket.OPEN) this.#webSocket.ping();
    return wasAlive;
  }

  /** End it with a code and a reason, after what was written; cut off when the other side is silent. */
  close(code: number, reason: string): void {
    this.#webSocket.resume();
    this.#webSocket.close(code, reason);
    const timer = setTimeout(() => this.destroy(), closeTimeoutMs);
    this.#webSocket.once('close', () => clearTimeout(timer));
  }

  destroy(): void {
    this.#webSocket.terminate();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!isBinary) this.close(unsupportedData, 'binary messages only');
    else if (Buffer.isBuffer(data)) this.#listener?.(data, 0);
  }

  readonly #onSent = (): void => {
    if (!this.#isSending || this.#socket.writableLength > 0) return;
    this.#isSending = false;
    this.#drained?.();
  };
}
