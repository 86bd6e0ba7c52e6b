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
/** Longer than it takes for a thousand, at the rate that it has with two hundred. */
const patienceMs = 300_000;
const tooManyRequests = 429;

export interface PeerBurst {
  readonly users: number;
  /** Completed assignments, from the beginning of the burst until the last one. */
  readonly perSecond: number;
  /** From the beginning of the burst until each was complete. */
  readonly ms: readonly number[];
  /** Who got nothing: refused, cut off, or not served within five minutes. */
  readonly failed: number;
}

export interface HubBurst {
  readonly folder: string;
  readonly users: number;
  /** How many servers it starts at a time; it refuses others, who ask again. 0 for as many as are asked for. */
  readonly spawnLimit: number;
}

/** @returns undefined when Debian's package is not installed */
export async function burstOnJupyterHub(options: HubBurst): Promise<PeerBurst | undefined> {
  const { folder, users, spawnLimit } = options;
  if (!existsSync(program)) return undefined;
  await using stack = new AsyncDisposableStack();
  const stub = createServer((_, response) => response.setHeader('x-jupyterhub-version', '3.0.0').end());
  stub.listen(0, '127.0.0.1');
  await once(stub, 'listening');
  stack.defer(() => void stub.close());
  const address = stub.address();
  const stubPort = typeof address === 'object' && address ? address.port : 0;
  const proxyPort = await freePort();
  stack.use(await startHub({ folder, stubPort, proxyPort, spawnLimit }));
  const headers = { authorization: `token ${token}`, 'content-type': 'application/json' };
  const client = stack.use(
    new HttpClient({ url: `http://127.0.0.1:${proxyPort}`, connections: users, headers }),
  );
  await waitFor('JupyterHub answers', () => isReady(client), patienceMs);
  const names = Array.from({ length: users }, (_, index) => `pupil${index}`);
  await client.send('POST', '/hub/api/users', JSON.stringify({ usernames: names }));
  return await burst(names, (name) => spawnFor(client, name));
}

/** Everybody at once; who fails does not keep the others from being counted. */
export async function burst(
  names: readonly string[],
  assign: (name: string) => Promise<void>,
): Promise<PeerBurst> {
  const startedAt = performance.now();
  const attempts = await Promise.allSettled(
    names.map(async (name) => {
      await assign(name);
      return performance.now() - startedAt;
    }),
  );
  const ms = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? attempt.value : []));
  const failed = names.length - ms.length;
  const perSecond = ms.length === 0 ? 0 : ms.length / (Math.max(...ms) / 1000);
  return { users: names.length, perSecond, ms, failed };
}

/** As its own pages do: who is refused comes again when told to, and who waits listens to its one stream of progress. */
async function spawnFor(client: HttpClient, name: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { status, retryAfterS = 1 } = await client.send('POST', `/hub/api/users/${name}/server`);
    if (status === 201) return;
    // It answers so when it is not done within ten seconds.
    if (status === 202) break;
    if (status !== tooManyRequests) throw new Error(`JupyterHub answered a spawn with ${status}`);
    if (performance.now() + retryAfterS * 1_000 > deadline) throw new Error(`${name} was never served`);
    await sleep(retryAfterS * 1_000);
  }
  const { body } = await client.send('GET', `/hub/api/users/${name}/server/progress`);
  if (!/"ready": ?true/.test(body)) throw new Error(`JupyterHub gave the server of ${name} up`);
}

async function startHub(ports: {
  folder: string;
  stubPort: number;
  proxyPort: number;
  spawnLimit: number;
}): Promise<BenchProcess> {
  const config = join(import.meta.dirname, 'jupyterhub_config.py');
  return new BenchProcess('/usr/bin/python3', [program, '-f', config], {
    cwd: ports.folder,
    stdio: ['ignore', 'ignore', 'ignore'],
    env: {
      // Debian's own Python and Node: its proxy is a program of Node.
      PATH: '/usr/bin:/bin',
      NODE_PATH: '/usr/share/nodejs',
      BENCH_FOLDER: ports.folder,
      BENCH_TOKEN: token,
      BENCH_SPAWN_LIMIT: String(ports.spawnLimit),
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
