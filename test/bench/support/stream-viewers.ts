/** Viewers of streams, in a process of their own: they take what comes and count it. */
import { vncAuthResponse } from '@homeroom/controller/gateway/rfb/vnc-auth.ts';
import { createWebSocketStream, WebSocket } from 'ws';
import { ByteReader } from '../../support/byte-reader.ts';
import { serveParent } from './serve-parent.ts';

const protocolVersionBytes = 12;
const serverInitBytes = 24;
const updateRequest = Buffer.from([3, 1, 0, 0, 0, 0, 5, 0, 2, 208]);

const viewers: WebSocket[] = [];

const handlers = {
  /** Open one more stream, to its first update. */
  async open(to: { url: string; token?: string; secret: string }): Promise<void> {
    const headers = to.token === undefined ? {} : { authorization: `Bearer ${to.token}` };
    const webSocket = new WebSocket(to.url, ['binary'], { headers, perMessageDeflate: false });
    const stream = createWebSocketStream(webSocket);
    const reader = new ByteReader(stream);
    await reader.read(protocolVersionBytes);
    stream.write('RFB 003.008\n');
    const [count = 0] = await reader.read(1);
    const [type = 0] = await reader.read(count);
    stream.write(Buffer.of(type));
    if (type === 2) stream.write(vncAuthResponse(to.secret, await reader.read(16)));
    await reader.read(4);
    stream.write(Buffer.of(1));
    await reader.read(serverInitBytes);
    // From here on nobody reads it as a stream, which would cost more than the counting.
    webSocket.removeAllListeners('message');
    webSocket.resume();
    viewers.push(webSocket);
  },

  /** Have all viewers ask, and wait until each has got so much. @returns how long it took */
  async play(bytes: number): Promise<number> {
    const startedAt = performance.now();
    await Promise.all(viewers.map((viewer) => take(viewer, bytes)));
    return performance.now() - startedAt;
  },

  close(): void {
    for (const viewer of viewers.splice(0)) viewer.terminate();
  },
};
export type StreamViewers = typeof handlers;

serveParent(handlers);

function take(viewer: WebSocket, bytes: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let left = bytes;
  const onMessage = (message: Buffer) => {
    left -= message.length;
    if (left < 0) reject(new Error(`${-left} bytes too many`));
    if (left === 0) resolve();
  };
  const onClose = (code: number) => reject(new Error(`the stream was closed with ${code}`));
  viewer.on('message', onMessage);
  viewer.once('close', onClose);
  viewer.send(updateRequest);
  return promise.finally(() => {
    viewer.off('message', onMessage);
    viewer.off('close', onClose);
  });
}
