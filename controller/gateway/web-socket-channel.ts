import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { ByteChannel } from './byte-channel.ts';

/** RFC 6455, 7.4.1: a text message where bytes are spoken. */
const unsupportedData = 1003;
/** A page that does not answer the close is cut off after this time. */
const closeTimeoutMs = 2_000;

/** The binary messages of a WebSocket as one stream of bytes; their borders mean nothing. */
export class WebSocketChannel implements ByteChannel {
  readonly closed: Promise<void>;
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  #listener: ((bytes: Buffer) => void) | undefined;
  #drained: (() => void) | undefined;
  #isAlive = true;

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
    socket.on('drain', () => this.#drained?.());
    webSocket.pause();
  }

  write(bytes: Buffer): boolean {
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return true;
    this.#webSocket.send(bytes, { binary: true, compress: false });
    return !this.#socket.writableNeedDrain;
  }

  onBytes(listener: (bytes: Buffer) => void): void {
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
    else if (Buffer.isBuffer(data)) this.#listener?.(data);
  }
}
