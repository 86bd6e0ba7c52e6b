import { connect, type Socket } from 'node:net';
import { HomeroomError, toError } from '@homeroom/protocol';
import type { ByteChannel } from './byte-channel.ts';

/**
 * Connect to a Unix socket of this machine.
 *
 * @throws stream_unreachable when nothing listens there, or when the signal fires first
 */
export function connectUnixSocket(path: string, signal: AbortSignal): Promise<ByteChannel> {
  const { promise, resolve, reject } = Promise.withResolvers<ByteChannel>();
  const socket = connect({ path });
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
    resolve(new SocketChannel(socket));
  });
  return promise;
}

class SocketChannel implements ByteChannel {
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  #listener: ((bytes: Buffer) => void) | undefined;
  #drained: (() => void) | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    socket.pause();
    socket.on('data', (bytes) => this.#listener?.(bytes));
    // `data` resumes a socket; a channel begins paused.
    socket.pause();
    socket.on('drain', () => this.#drained?.());
    // The end follows every error; its cause is told by neither side of VNC.
    socket.on('error', () => socket.destroy());
    socket.once('end', () => socket.destroy());
    socket.once('close', () => resolve());
  }

  write(bytes: Buffer): boolean {
    return this.#socket.destroyed ? true : this.#socket.write(bytes);
  }

  onBytes(listener: (bytes: Buffer) => void): void {
    this.#listener = listener;
  }

  onDrain(listener: () => void): void {
    this.#drained = listener;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
