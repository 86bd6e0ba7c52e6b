import { once } from 'node:events';
import { createServer } from 'node:net';

/** @returns a port of loopback that nobody has now; for programs that cannot be asked to choose one */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
