import { connect, type Socket } from 'node:net';
import { HomeroomError, toError } from '@homeroom/protocol';
import type { ByteChannel, BytesListener } from './byte-channel.ts';
import { maxFrameHeader } from './frame-header.ts';

/** What TCP sends in one piece on the loopback: its MTU of 65,536 less the headers with time stamps. */
const loopbackSegmentBytes = 65_484;
/**
 * A Unix socket holds little more, and a frame of whole segments leaves no scrap that is sent by itself.
 * Pages of it that no stream fills are never taken from the machine.
 */
const readBytes = 3 * loopbackSegmentBytes - maxFrameHeader;

/**
 * Connect to a Unix socket of this machine.
 *
 * @throws stream_unreachable when nothing listens there, or when the signal fires first
 */
export function connectUnixSocket(path: string, signal: AbortSignal): Promise<ByteChannel> {
  const { promise, resolve, reject } = Promise.withResolvers<ByteChannel>();
  const channel = new SocketChannel(path);
  const { socket } = channel;
  const fail = (cause: Error) => {
    socket.destroy();
    reject(new HomeroomError('stream_unreachable', `the desktop’s socket: ${cause.message}`, { cause }));
  };
  const giveUp = () => fail(toError(signal.reason));
  signal.addEventListener('abort', giveUp, { once: true });
  socket.once('error', fail);
  socket.once('connect', () => {
    signal.removeEventListener('abort', giveUp);
    socket.off('error', fail);
    resolve(channel);
  });
  return promise;
}

/**
 * A Unix socket that is read into one piece of memory, again and again: an allocation per read
 * would cost more than the relaying itself. Before it is room for the header of a WebSocket frame.
 */
class SocketChannel implements ByteChannel {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  readonly #memory = Buffer.allocUnsafeSlow(maxFrameHeader + readBytes);
  #listener: BytesListener | undefined;
  #drained: (() => void) | undefined;
  #isPaused = true;
  #isSending = false;

  constructor(path: string) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.socket = connect({
      path,
      onread: { buffer: this.#memory.subarray(maxFrameHeader), callback: (count) => this.#receive(count) },
    });
    this.socket.pause();
    // The end follows every error; its cause is told by neither side of VNC.
    this.socket.on('error', () => this.socket.destroy());
    this.socket.once('end', () => this.socket.destroy());
    this.socket.once('close', () => resolve());
  }

  write(bytes: Buffer): boolean {
    const { socket } = this;
    if (socket.destroyed) return true;
    socket.write(bytes, this.#onSent);
    // Mostly the kernel takes all of it at once.
    this.#isSending = socket.writableLength > 0;
    return !this.#isSending;
  }

  onBytes(listener: BytesListener): void {
    this.#listener = listener;
  }

  onDrain(listener: () => void): void {
    this.#drained = listener;
  }

  pause(): void {
    this.#isPaused = true;
    this.socket.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.socket.resume();
  }

  destroy(): void {
    this.socket.destroy();
  }

  /** @returns whether to read on */
  #receive(count: number): boolean {
    this.#listener?.(this.#memory.subarray(maxFrameHeader, maxFrameHeader + count), maxFrameHeader);
    return !this.#isPaused;
  }

  readonly #onSent = (): void => {
    if (!this.#isSending || this.socket.writableLength > 0) return;
    this.#isSending = false;
    this.#drained?.();
  };
}
