/** `npm start` with everything installed: to the portal that answers, and to every seat connected. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { waitFor } from '../support/wait-for.ts';
import { printBenchResult } from './figures.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { freePort } from './support/free-port.ts';
import { quantile } from './support/statistics.ts';

const root = resolve(import.meta.dirname, '../..');
const laterStarts = 3;
const patienceMs = 60_000;

/** What one start took, in milliseconds from the command. */
interface Start {
  readonly portalMs: number;
  readonly connectedMs: number;
}

await using folder = await makeBenchFolder();
const first = await timeStart(join(folder.path, 'data'));
const later: Start[] = [];
for (let count = 0; count < laterStarts; count += 1) later.push(await timeStart(join(folder.path, 'data')));
const middle = (name: keyof Start) =>
  quantile(
    later.map((start) => start[name]),
    0.5,
  ) / 1000;
printBenchResult({
  title: 'npm start, once everything is installed',
  figures: [
    { what: 'first start, to the portal', value: first.portalMs / 1000, unit: 's', target: '≤ 15 s' },
    { what: 'first start, to host and three seats connected', value: first.connectedMs / 1000, unit: 's' },
    { what: 'later starts, to the portal', value: middle('portalMs'), unit: 's', target: '≤ 15 s' },
    { what: 'later starts, to host and three seats connected', value: middle('connectedMs'), unit: 's' },
  ],
});

async function timeStart(dataDir: string): Promise<Start> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawnStart(dataDir, port);
  try {
    const told = collect(child);
    await waitFor(
      'the portal answers',
      async () => {
        told();
        const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
        return answer?.ok && (await answer.text()).includes('<title>Homeroom</title>');
      },
      patienceMs,
    );
    const portalMs = performance.now() - startedAt;
    await waitFor('everything is connected', () => told().includes('Connected: '), patienceMs);
    const connectedMs = performance.now() - startedAt;
    process.stderr.write(`portal ${Math.round(portalMs)} ms, connected ${Math.round(connectedMs)} ms\n`);
    return { portalMs, connectedMs };
  } finally {
    await end(child);
  }
}

function spawnStart(dataDir: string, port: number): ChildProcess {
  const options = [`--port=${port}`, '--mqtt-port=0', '--mqtt-tls-port=0', `--data=${dataDir}`];
  return spawn('npm', ['start', '--', ...options], {
    cwd: root,
    env: { ...process.env, HOMEROOM_LISTEN: '127.0.0.1', HOMEROOM_MDNS: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** @returns a function that gives everything that was said so far; it throws once the child has ended. */
function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk;
    });
  }
  return () => {
    if (child.exitCode !== null) throw new Error(`npm start ended:\n${text}`);
    return text;
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
