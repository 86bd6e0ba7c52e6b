import { HomeroomError, toError } from '@homeroom/protocol';
import type { ByteChannel } from './byte-channel.ts';
import type { Handshake } from './rfb/handshake.ts';

/**
 * Drive a handshake over a channel. The channel is paused again afterwards.
 *
 * @returns the bytes that came after the handshake's end, mostly none
 * @throws stream_unreachable when the peer refuses, ends, or is not done before the signal fires
 */
export function shakeHands(
  channel: ByteChannel,
  handshake: Handshake,
  signal: AbortSignal,
): Promise<Buffer[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer[]>();
  const early: Buffer[] = [];
  const fail = (caught: unknown) => {
    channel.pause();
    const cause = toError(caught);
    reject(
      cause instanceof HomeroomError
        ? cause
        : new HomeroomError('stream_unreachable', cause.message, { cause }),
    );
  };
  const giveUp = () => fail(new Error('the handshake took too long'));
  const finish = () => {
    signal.removeEventListener('abort', giveUp);
    channel.pause();
    early.push(handshake.rest());
    // A paused WebSocket still hands out the messages of the chunk that it is in.
    channel.onBytes((bytes) => early.push(Buffer.from(bytes)));
    resolve(early);
  };
  channel.onBytes((bytes) => {
    try {
      const reply = handshake.feed(bytes);
      if (reply.length > 0) channel.write(reply);
      if (handshake.isDone()) finish();
    } catch (caught) {
      fail(caught);
    }
  });
  signal.addEventListener('abort', giveUp, { once: true });
  channel.closed.then(() => fail(new Error('the connection ended during the handshake')), fail);
  channel.resume();
  return promise;
}
