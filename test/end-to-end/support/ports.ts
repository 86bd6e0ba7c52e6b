import { once } from 'node:events';
import { createServer } from 'node:net';

export interface Ports {
  readonly http: number;
  readonly mqtt: number;
  readonly mqttTls: number;
}

/** Below those that Linux gives to outgoing connections, so that none takes a port while its owner restarts. */
const lowest = 20_000;
const highest = 32_000;
const maxTries = 50;

/** @returns three ports that were free just now; they stay the same over restarts, as an installation's do */
export async function choosePorts(): Promise<Ports> {
  const [http, mqtt, mqttTls] = [await freePort(), await freePort(), await freePort()];
  return { http, mqtt, mqttTls };
}

async function freePort(): Promise<number> {
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
