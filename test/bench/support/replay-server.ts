/** A VNC server on a Unix socket that plays recorded traffic whenever its client asks for an update. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ByteReader } from '../../support/byte-reader.ts';
import { recordedUpdates } from './rfb-traffic.ts';
import { serveParent } from './serve-parent.ts';

const protocolVersion = 'RFB 003.008\n';
const vncAuthentication = 2;
const updateRequestBytes = 10;

let updates: Buffer[] = [];
/** Between two updates; 0 for as fast as they are taken. */
let paceMs = 0;

const handlers = {
  async listen(path: string): Promise<void> {
    const server = createServer((socket) => void serve(socket));
    server.listen(path);
    await once(server, 'listening');
  },

  /** What every stream plays from the next request on. */
  load(plan: { bytes: number; paceMs: number }): void {
    updates = recordedUpdates(plan.bytes);
    paceMs = plan.paceMs;
  },
};
export type ReplayServer = typeof handlers;

serveParent(handlers);

async function serve(socket: Socket): Promise<void> {
  socket.on('error', () => socket.destroy());
  try {
    const reader = new ByteReader(socket);
    await shakeHands(socket, reader);
    for (;;) {
      await reader.read(updateRequestBytes);
      await play(socket);
    }
  } catch {
    // The client has left, which is how every stream of a bench ends.
    socket.destroy();
  }
}

/** RFC 6143, 7.1 to 7.3. Every answer to the challenge is right here. */
async function shakeHands(socket: Socket, reader: ByteReader): Promise<void> {
  socket.write(protocolVersion);
  await reader.read(protocolVersion.length);
  socket.write(Buffer.of(1, vncAuthentication));
  await reader.read(1);
  socket.write(randomBytes(16));
  await reader.read(16);
  socket.write(Buffer.alloc(4));
  await reader.read(1);
  const init = Buffer.alloc(24);
  init.writeUInt16BE(1280, 0);
  init.writeUInt16BE(720, 2);
  init.set([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0], 4);
  socket.write(init);
}

async function play(socket: Socket): Promise<void> {
  const startedAt = performance.now();
  for (const [index, update] of updates.entries()) {
    if (!socket.write(update)) await once(socket, 'drain');
    const waitMs = startedAt + (index + 1) * paceMs - performance.now();
    if (paceMs > 0 && waitMs > 0) await sleep(waitMs);
  }
}
