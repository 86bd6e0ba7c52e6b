import { createConnection, type Socket } from 'node:net';
import { HomeroomError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';

const connectTimeoutMs = 5_000;

/**
 * Connect to a desktop's RFB socket.
 *
 * @throws stream_unreachable when nothing answers there
 */
export function connectStream(path: string, clock: Clock): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    const fail = (cause: Error) => {
      cancel();
      socket.destroy();
      reject(new HomeroomError('stream_unreachable', cause.message, { cause }));
    };
    const cancel = clock.after(connectTimeoutMs, () => fail(new Error('no answer within 5 s')));
    socket.once('error', fail);
    socket.once('connect', () => {
      cancel();
      socket.off('error', fail);
      resolve(socket);
    });
  });
}
