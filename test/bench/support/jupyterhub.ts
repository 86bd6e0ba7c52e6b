/** JupyterHub with a stub spawner, which costs nothing: what is left is the hub, its proxy and its database. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../../support/wait-for.ts';
import { freePort } from './free-port.ts';
import { HttpClient } from './http-client.ts';
import { BenchProcess } from './process.ts';

const program = '/usr/bin/jupyterhub';
const token = 'a-token-for-the-bench-alone';
const patienceMs = 180_000;
const lookEveryMs = 1_000;

export interface PeerBurst {
  /** Completed assignments. */
  readonly perSecond: number;
  /** From the beginning of the burst until each was complete. */
  readonly ms: readonly number[];
}

/** @returns undefined when Debian's package is not installed */
export async function burstOnJupyterHub(folder: string, users: number): Promise<PeerBurst | undefined> {
  if (!existsSync(program)) return undefined;
  await using stack = new AsyncDisposableStack();
  const stub = createServer((_, response) => response.setHeader('x-jupyterhub-version', '3.0.0').end());
  stub.listen(0, '127.0.0.1');
  await once(stub, 'listening');
  stack.defer(() => void stub.close());
  const address = stub.address();
  const stubPort = typeof address === 'object' && address ? address.port : 0;
  const proxyPort = await freePort();
  stack.use(await startHub({ folder, stubPort, proxyPort }));
  const headers = { authorization: `token ${token}`, 'content-type': 'application/json' };
  const client = stack.use(
    new HttpClient({ url: `http://127.0.0.1:${proxyPort}`, connections: users, headers }),
  );
  await waitFor('JupyterHub answers', () => isReady(client), patienceMs);
  const names = Array.from({ length: users }, (_, index) => `pupil${index}`);
  await client.send('POST', '/hub/api/users', JSON.stringify({ usernames: names }));
  return await burst(names, (name) => spawnFor(client, name));
}

/** Everybody at once. */
export async function burst(
  names: readonly string[],
  assign: (name: string) => Promise<void>,
): Promise<PeerBurst> {
  const startedAt = performance.now();
  const ms = await Promise.all(
    names.map(async (name) => {
      await assign(name);
      return performance.now() - startedAt;
    }),
  );
  return { perSecond: names.length / (Math.max(...ms) / 1000), ms };
}

async function spawnFor(client: HttpClient, name: string): Promise<void> {
  const { status } = await client.send('POST', `/hub/api/users/${name}/server`);
  if (status === 201) return;
  if (status !== 202) throw new Error(`JupyterHub answered a spawn with ${status}`);
  // It answers so when it is not done within ten seconds; its pages ask again too.
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { body } = await client.send('GET', `/hub/api/users/${name}`);
    if (/"ready": ?true/.test(body)) return;
    if (performance.now() > deadline) throw new Error(`${name} was never served`);
    await sleep(lookEveryMs);
  }
}

async function startHub(ports: {
  folder: string;
  stubPort: number;
  proxyPort: number;
}): Promise<BenchProcess> {
  const config = join(import.meta.dirname, 'jupyterhub_config.py');
  return new BenchProcess('/usr/bin/python3', [program, '-f', config], {
    cwd: ports.folder,
    stdio: ['ignore', 'ignore', 2],
    env: {
      // Debian's own Python and Node: its proxy is a program of Node.
      PATH: '/usr/bin:/bin',
      NODE_PATH: '/usr/share/nodejs',
      BENCH_FOLDER: ports.folder,
      BENCH_TOKEN: token,
      BENCH_STUB_PORT: String(ports.stubPort),
      BENCH_PROXY_PORT: String(ports.proxyPort),
      BENCH_HUB_PORT: String(await freePort()),
      BENCH_PROXY_API_PORT: String(await freePort()),
    },
  });
}

async function isReady(client: HttpClient): Promise<boolean> {
  try {
    return (await client.send('GET', '/hub/api/users')).status === 200;
  } catch {
    // Nobody listens yet; the caller asks again.
    return false;
  }
}
