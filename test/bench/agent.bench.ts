/**
 * The agent without a browser: how long from the start of its process until the controller has its `ready`, and
 * what stays in memory. The first start enrols and compiles; later ones find both done.
 */
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DeviceState, topics } from '@homeroom/protocol';
import mqtt, { type MqttClient } from 'mqtt';
import { printBenchResult } from './figures.ts';
import { type BenchController, startBenchController } from './support/bench-controller.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { createJoinToken } from './support/create-join-token.ts';
import { BenchProcess } from './support/process.ts';
import { residentBytes } from './support/process-figures.ts';
import { median } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';

const mib = 2 ** 20;
const program = resolve(import.meta.dirname, '../../agent/homeroom-agent.mjs');
const agents = 3;
const laterStarts = 3;
const startTimeoutMs = 30_000;
/** What only the start needed is given back by then. */
const restMs = 3_000;

interface Start {
  readonly connectedMs: number;
  readonly memoryMiB: number;
}

await using stack = new AsyncDisposableStack();
const folder = stack.use(await makeBenchFolder());
const controller = stack.use(await startBenchController(folder.path));
const observer = await observe(controller);
stack.defer(() => observer.endAsync(true));
const token = await createJoinToken(controller);
const first: Start[] = [];
const later: Start[] = [];
for (let index = 0; index < agents; index += 1) {
  first.push(await startAgent(`bench-seat-${index}`));
  for (let start = 0; start < laterStarts; start += 1) later.push(await startAgent(`bench-seat-${index}`));
}
const medianOf = (starts: readonly Start[], of: keyof Start) => median(starts.map((start) => start[of]));
printBenchResult({
  title: 'The agent on a device, without the kiosk’s browser',
  figures: [
    {
      what: 'start to connected, later starts',
      value: medianOf(later, 'connectedMs'),
      unit: 'ms',
      target: '≤ 1,000 ms',
    },
    {
      what: 'start to connected, the first start, enrolment included',
      value: medianOf(first, 'connectedMs'),
      unit: 'ms',
    },
    {
      what: 'resident memory, later starts',
      value: medianOf(later, 'memoryMiB'),
      unit: 'MiB',
      target: '≤ 70 MB',
    },
    { what: 'resident memory, the first start', value: medianOf(first, 'memoryMiB'), unit: 'MiB' },
  ],
});

async function startAgent(device: string): Promise<Start> {
  const isReady = awaitReady(device);
  const startedAt = performance.now();
  await using agent = new BenchProcess(process.execPath, [program], {
    stdio: ['ignore', 'ignore', 2],
    env: {
      PATH: process.env.PATH,
      HOMEROOM_BOARD: 'simulated',
      HOMEROOM_KIOSK: 'none',
      HOMEROOM_DEVICE_ID: device,
      HOMEROOM_DATA_DIR: join(folder.path, 'agents', device),
      HOMEROOM_CONTROLLER: `127.0.0.1:${controller.mqttTlsPort}`,
      HOMEROOM_JOIN_TOKEN: token,
      HOMEROOM_LOG_LEVEL: 'error',
    },
  });
  await isReady;
  const connectedMs = performance.now() - startedAt;
  await sleep(restMs);
  const memoryMiB = residentBytes(agent.pid) / mib;
  tellProgress(`${device}: connected after ${Math.round(connectedMs)} ms, ${memoryMiB.toFixed(1)} MiB`);
  return { connectedMs, memoryMiB };
}

/** Resolves with the first `ready` of a device that is no replay. */
async function awaitReady(device: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error(`${device} did not come`)), startTimeoutMs);
  const onMessage = (topic: string, payload: Buffer, packet: { retain: boolean }) => {
    if (topic !== topics.device(device, 'state') || packet.retain) return;
    const { state }: DeviceState = JSON.parse(payload.toString('utf8'));
    if (state === 'ready') resolve();
  };
  observer.on('message', onMessage);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    observer.off('message', onMessage);
  }
}

async function observe({ mqttPort, observerPassword }: BenchController): Promise<MqttClient> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
    username: 'observer',
    password: observerPassword,
  });
  await client.subscribeAsync(topics.device('+', 'state'), { qos: 1 });
  return client;
}
