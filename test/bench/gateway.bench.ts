/**
 * Desktops' traffic through the gateway and through websockify: the same recorded updates, from the same VNC
 * server to the same viewers. The gateway runs in the real controller (role `api`), with tickets, handshakes and
 * metrics; websockify runs as Debian has it.
 */
import { connect } from 'node:net';
import { join } from 'node:path';
import { waitFor } from '../support/wait-for.ts';
import { type Figure, printBenchResult } from './figures.ts';
import { openControllerDatabase, startBenchController } from './support/bench-controller.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { freePort } from './support/free-port.ts';
import { insertSession } from './support/insert-session.ts';
import { BenchProcess } from './support/process.ts';
import { cpuSeconds } from './support/process-figures.ts';
import type { ReplayServer } from './support/replay-server.ts';
import { median } from './support/statistics.ts';
import type { StreamViewers } from './support/stream-viewers.ts';
import { tellProgress } from './support/tell-progress.ts';
import { Worker } from './support/worker.ts';

const secret = 'password';
const streams = 10;
const mib = 2 ** 20;
/** What each stream plays; paced is a desktop that somebody works at hard. */
const scenarios = [
  { name: 'as fast as it goes', bytes: 64 * mib, paceMs: 0, warmUps: 2, rounds: 5 },
  { name: '25 updates/s', bytes: 2 * mib, paceMs: 40, warmUps: 1, rounds: 5 },
] as const;
type Scenario = (typeof scenarios)[number];

interface Relay {
  readonly name: 'gateway' | 'websockify';
  readonly pid: number;
  readonly viewers: Worker<StreamViewers>;
}
interface Seen {
  readonly mibPerSecond: number[];
  readonly mibPerCpuSecond: number[];
}

await using stack = new AsyncDisposableStack();
const folder = stack.use(await makeBenchFolder());
const vncPath = join(folder.path, 'vnc.sock');
const replay = stack.use(new Worker<ReplayServer>(new URL('./support/replay-server.ts', import.meta.url)));
await replay.call('listen', vncPath);
const relays = [await openGateway(), await openWebsockify()];
tellProgress(`${streams} streams are open through each`);
const figures: Figure[] = [];
for (const scenario of scenarios) figures.push(...(await measure(scenario)));
printBenchResult({ title: 'Desktops’ streams through the gateway', figures });

async function measure(scenario: Scenario): Promise<Figure[]> {
  const { name, bytes, paceMs, warmUps, rounds } = scenario;
  await replay.call('load', { bytes, paceMs });
  const seen = { gateway: newSeen(), websockify: newSeen() };
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const relay of relays) {
      const { mibPerSecond, mibPerCpuSecond } = await play(relay, bytes);
      tellProgress(
        `${relay.name}, ${name}: ${mibPerSecond.toFixed(0)} MiB/s, ${mibPerCpuSecond.toFixed(0)} MiB per CPU second`,
      );
      if (round < 0) continue;
      seen[relay.name].mibPerSecond.push(mibPerSecond);
      seen[relay.name].mibPerCpuSecond.push(mibPerCpuSecond);
    }
  }
  const figure = (what: string, unit: string, of: keyof Seen, target?: string): Figure => ({
    what: `${what}, ${streams} streams, ${name}`,
    value: median(seen.gateway[of]),
    unit,
    peer: { name: 'websockify', value: median(seen.websockify[of]) },
    ...(target === undefined ? {} : { target }),
  });
  const perCpuSecond = figure('per second of processor time', 'MiB', 'mibPerCpuSecond', '≥ 2 × websockify');
  return paceMs > 0 ? [perCpuSecond] : [figure('throughput', 'MiB/s', 'mibPerSecond'), perCpuSecond];
}

async function play({ pid, viewers }: Relay, bytes: number) {
  const cpuBefore = cpuSeconds(pid);
  const elapsedMs = await viewers.call('play', bytes);
  const usedCpu = cpuSeconds(pid) - cpuBefore;
  const relayedMib = (bytes * streams) / mib;
  return { mibPerSecond: (relayedMib * 1000) / elapsedMs, mibPerCpuSecond: relayedMib / usedCpu };
}

async function openGateway(): Promise<Relay> {
  const controller = stack.use(await startBenchController(folder.path, 'api'));
  const db = await openControllerDatabase(folder.path);
  const session = await insertSession(db, { kind: 'vnc', via: { unix: vncPath }, secret });
  await db.stop();
  const viewers = newViewers();
  for (let opened = 0; opened < streams; opened += 1) {
    const ticket = await controller.ask('POST', `/sessions/${session}/tickets`, {});
    if (typeof ticket !== 'object' || ticket === null || !('url' in ticket)) throw new Error('no ticket');
    const url = `ws://127.0.0.1:${controller.httpPort}${ticket.url}`;
    await viewers.call('open', { url, token: controller.adminToken, secret });
  }
  return { name: 'gateway', pid: controller.pid, viewers };
}

async function openWebsockify(): Promise<Relay> {
  const port = await freePort();
  const args = [`--unix-target=${vncPath}`, `127.0.0.1:${port}`];
  const websockify = stack.use(
    new BenchProcess('websockify', args, { stdio: ['ignore', 'ignore', 'ignore'] }),
  );
  await waitFor('websockify to listen', () => doesListen(port));
  const viewers = newViewers();
  for (let opened = 0; opened < streams; opened += 1) {
    await viewers.call('open', { url: `ws://127.0.0.1:${port}/`, secret });
  }
  return { name: 'websockify', pid: websockify.pid, viewers };
}

function newViewers(): Worker<StreamViewers> {
  return stack.use(new Worker<StreamViewers>(new URL('./support/stream-viewers.ts', import.meta.url)));
}

function doesListen(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1', () => resolve(true));
  socket.on('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}

function newSeen(): Seen {
  return { mibPerSecond: [], mibPerCpuSecond: [] };
}
