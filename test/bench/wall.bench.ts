/**
 * A teacher's wall of thirty seats, each with a new picture every second: what it costs the teacher's line, and the
 * controller. The pictures are as large as seats may send them, and no two are alike.
 */
import { randomBytes } from 'node:crypto';
import { Agent, get } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSimulatedRoom } from '../end-to-end/support/simulated-room.ts';
import { printBenchResult } from './figures.ts';
import {
  type BenchController,
  openControllerDatabase,
  startBenchController,
} from './support/bench-controller.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { cpuSeconds, ownCpuSeconds } from './support/process-figures.ts';
import { tellProgress } from './support/tell-progress.ts';

const seatCount = 30;
const pictureBytes = 19_000;
const warmUpS = 3;
const seconds = 12;
/** As the widget does. */
const atOnce = 4;

await using stack = new AsyncDisposableStack();
const folder = stack.use(await makeBenchFolder());
const controller = stack.use(await startBenchController(folder.path));
const db = await openControllerDatabase(folder.path);
const pictures = Array.from({ length: 97 }, () => randomBytes(pictureBytes).toString('base64'));
let taken = 0;
const picture = () => {
  taken += 1;
  return pictures[taken % pictures.length] ?? '';
};
const room = await openSimulatedRoom({ db, controller, count: seatCount, picture });
await db.stop();
for (const seat of room.seats) stack.use(seat);
const sockets = new Set<Socket>();
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
stack.defer(() => agent.destroy());

await watch(warmUpS);
const before = figuresNow();
const seen = await watch(seconds);
const after = figuresNow();
tellProgress(`${seen} pictures in ${seconds} s`);
const perSecond = (value: (of: typeof before) => number) => (value(after) - value(before)) / seconds;
printBenchResult({
  title: 'A wall of thirty seats, a picture of each a second',
  figures: [
    { what: 'pictures', value: seen / seconds, unit: 'per second', target: '≥ 29' },
    {
      what: 'to the teacher',
      value: (perSecond(({ bytes }) => bytes) * 8) / 1_000_000,
      unit: 'Mbit/s',
      target: '≤ 5 Mbit/s',
    },
    {
      what: 'the controller',
      value: perSecond(({ cpuS }) => cpuS) * 100,
      unit: '% of a core',
      target: '≤ 20 %',
    },
    { what: 'with its database', value: perSecond(({ allCpuS }) => allCpuS) * 100, unit: '% of a core' },
  ],
});

function figuresNow() {
  const bytes = [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0);
  return { bytes, cpuS: ownCpuSeconds(controller.pid), allCpuS: cpuSeconds(controller.pid) };
}

/** @returns how many pictures came */
async function watch(forS: number): Promise<number> {
  let count = 0;
  for (let second = 0; second < forS; second += 1) {
    const next = sleep(1_000);
    const devices = room.seats.map(({ id }) => id).values();
    const look = async () => {
      for (const device of devices) if ((await fetchPicture(controller, device)) === 200) count += 1;
    };
    await Promise.all([next, ...Array.from({ length: atOnce }, look)]);
  }
  return count;
}

function fetchPicture({ httpPort: port, adminToken }: BenchController, device: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const headers = { authorization: `Bearer ${adminToken}` };
  const path = `/api/v1/devices/${device}/snapshot`;
  const request = get({ agent, host: '127.0.0.1', port, path, headers }, (response) => {
    response.resume().on('end', () => resolve(response.statusCode ?? 0));
  });
  request.on('socket', (socket) => sockets.add(socket)).on('error', reject);
  return promise;
}
