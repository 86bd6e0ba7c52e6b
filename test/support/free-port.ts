import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that Linux gives to outgoing connections, so that none takes a port before its owner does. */
const lowest = 20_000;
const highest = 32_000;
const maxTries = 50;

/** @returns a port of loopback that was free just now, and that no connection is given by chance */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${lowest} to ${highest} in ${maxTries} tries`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    // Taken by another.
    return false;
  } finally {
    server.close();
  }
}
