/**
 * A teacher shows a desktop at thirty seats, takes it back, locks them and lets them go: from the request to the moment
 * when the last agent has heard which page it is to show, through the durable database and the embedded broker.
 */
import type { Database } from '@homeroom/controller/store/database.ts';
import type { Broadcast, Desired, Session } from '@homeroom/protocol';
import { waitFor } from '../support/wait-for.ts';
import { type Figure, printBenchResult } from './figures.ts';
import {
  type BenchController,
  openControllerDatabase,
  startBenchController,
} from './support/bench-controller.ts';
import { type BenchDevice, benchDevices, insertDevices } from './support/bench-devices.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { MqttDevice } from './support/mqtt-device.ts';
import { median, quantile } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';

const seats = 30;
const rounds = 40;
const target = '≤ 500 ms';
const template = 'simulated';

type Action = 'broadcast' | 'end of a broadcast' | 'lock' | 'unlock';

/** What each device was last told, and who waits until all were told what they wait for. */
class Told {
  readonly #documents = new Map<string, Desired>();
  #looked: () => void = () => undefined;

  hear(device: string, document: Desired): void {
    this.#documents.set(device, document);
    this.#looked();
  }

  /** @returns once the last document of every device is as wanted */
  untilAll(isWanted: (document: Desired) => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#looked = () => {
      const documents = [...this.#documents.values()];
      if (documents.length === seats && documents.every(isWanted)) resolve();
    };
    this.#looked();
    return promise;
  }
}

await using stack = new AsyncDisposableStack();
const folder = stack.use(await makeBenchFolder());
const controller = stack.use(await startBenchController(folder.path));
const told = new Told();
const devices = benchDevices(seats);
const room = await furnish(folder.path, devices);
const session = await openDesktop(controller);
for (const device of devices) stack.defer(await connect(device));
await told.untilAll(({ kiosk }) => kiosk.url.startsWith('/kiosk/'));

const timesMs: Record<Action, number[]> = { broadcast: [], 'end of a broadcast': [], lock: [], unlock: [] };
// The first round warms up and is not counted.
for (let round = 0; round <= rounds; round += 1) {
  const isCounted = round > 0;
  const { id } = (await time('broadcast', isCounted, startBroadcast, isShowing)) as Broadcast;
  const end = () => controller.ask('DELETE', `/broadcasts/${id}`);
  await time('end of a broadcast', isCounted, end, ({ kiosk }) => kiosk.url.startsWith('/kiosk/'));
  await time(
    'lock',
    isCounted,
    () => setLock(true),
    ({ lock }) => lock,
  );
  await time(
    'unlock',
    isCounted,
    () => setLock(false),
    ({ lock }) => !lock,
  );
}
tellProgress(`${rounds} rounds at ${seats} seats`);

const figures = Object.entries(timesMs).flatMap(([what, values]): Figure[] => [
  { what: `${what}: until the last of ${seats} agents knows, p50`, value: median(values), unit: 'ms' },
  {
    what: `${what}: until the last of ${seats} agents knows, p95`,
    value: quantile(values, 0.95),
    unit: 'ms',
    target,
  },
]);
printBenchResult({ title: 'A room of thirty seats does as one', figures });

function startBroadcast(): Promise<unknown> {
  return controller.ask('POST', `/rooms/${room}/broadcast`, { session: session.id });
}

function setLock(on: boolean): Promise<unknown> {
  return controller.ask('POST', `/rooms/${room}/lock`, { on });
}

function isShowing({ kiosk }: Desired): boolean {
  return kiosk.url.startsWith('/broadcast/');
}

/** @returns what the API answered */
async function time(
  action: Action,
  isCounted: boolean,
  act: () => Promise<unknown>,
  isWanted: (document: Desired) => boolean,
): Promise<unknown> {
  const startedAt = performance.now();
  const answered = act();
  await told.untilAll(isWanted);
  const elapsedMs = performance.now() - startedAt;
  if (isCounted) timesMs[action].push(elapsedMs);
  return await answered;
}

/** Have the room's seats, each with its device, as if they had enrolled. @returns the room's id */
async function furnish(dir: string, known: readonly BenchDevice[]): Promise<string> {
  const db = await openControllerDatabase(dir);
  try {
    await insertDevices(db, known);
    return await seatDevices(db);
  } finally {
    await db.stop();
  }
}

async function seatDevices(db: Database): Promise<string> {
  const [made] = await db.query<{ id: string }>(
    `with room as (insert into rooms (name) values ('Bench') returning id), placed as (
       insert into seats (room_id, name) select room.id, d.id from room, devices d returning id, name
     ), seated as (
       update devices d set seat_id = placed.id from placed where placed.name = d.id
     )
     select id from room`,
  );
  if (!made) throw new Error('the room was not made');
  return made.id;
}

/** The admin's own desktop, which nobody sits at. */
async function openDesktop({ ask }: BenchController): Promise<Session> {
  await ask('POST', '/templates', { id: template, name: 'Simulated', provider: 'simulated' });
  await ask('PATCH', `/pools/${template}`, { warmMinimum: 1, maximum: 2 });
  const started = (await ask('POST', '/sessions', { template })) as Session;
  return await waitFor('a desktop', async () => {
    const found = (await ask('GET', `/sessions/${started.id}`)) as Session;
    return found.state === 'starting' && found;
  });
}

/** @returns what ends its connection */
async function connect(device: BenchDevice): Promise<() => Promise<void>> {
  const agent = new MqttDevice(device, 1, (document) => told.hear(device.id, document));
  await agent.connect({ port: controller.mqttPort, localAddress: '127.0.0.1' });
  await agent.becomeReady();
  return () => agent.leave();
}
