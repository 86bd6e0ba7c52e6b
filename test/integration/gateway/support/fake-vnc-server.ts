import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FakeVncServer extends AsyncDisposable {
  readonly socketPath: string;
}

/** A server that lets everybody in and then hands the socket, after ClientInit, to the test. */
export async function startFakeVncServer(serve: (socket: Socket) => void): Promise<FakeVncServer> {
  const dir = await mkdtemp(join(tmpdir(), 'homeroom-vnc-'));
  const socketPath = join(dir, 'vnc.sock');
  const sockets = new Set<Socket>();
  const server = createServer(async (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.write('RFB 003.008\n');
    await once(socket, 'data');
    socket.write(Buffer.of(1, 2));
    await once(socket, 'data');
    socket.write(randomBytes(16));
    await once(socket, 'data');
    socket.write(Buffer.alloc(4));
    const [clientInit] = await once(socket, 'data');
    socket.pause();
    if (clientInit.length > 1) socket.unshift(clientInit.subarray(1));
    serve(socket);
  }).listen(socketPath);
  await once(server, 'listening');
  return {
    socketPath,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
