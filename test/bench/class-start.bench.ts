/**
 * A teacher starts the class of a room whose thirty computers are on: desktops are claimed, made their pupils' and shown,
 * until the last seat is done, through the API, the durable database and the embedded broker. Agents and provider are
 * simulated: a page is there as soon as it is wanted, a television obeys at once.
 */
import type { Database } from '@homeroom/controller/store/database.ts';
import type { ClassRun, Desired } from '@homeroom/protocol';
import { waitFor } from '../support/wait-for.ts';
import { printBenchResult } from './figures.ts';
import {
  type BenchController,
  openControllerDatabase,
  startBenchController,
} from './support/bench-controller.ts';
import { type BenchDevice, benchDevices, insertDevices } from './support/bench-devices.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { MqttDevice } from './support/mqtt-device.ts';
import { median } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';

const seats = 30;
const rounds = 8;
const template = 'simulated';
const target = '≤ 10 s';

await using stack = new AsyncDisposableStack();
const folder = stack.use(await makeBenchFolder());
const controller = stack.use(await startBenchController(folder.path));
const db = await openControllerDatabase(folder.path);
stack.defer(() => db.stop());
const devices = benchDevices(seats);
const { room, group } = await furnish(db, devices);
for (const device of devices) stack.defer(await connect(controller, device));

const startS: number[] = [];
const endS: number[] = [];
// The first round warms up and is not counted.
for (let round = 0; round <= rounds; round += 1) {
  await waitFor('every desktop is ready', async () => (await countReady(db)) >= seats, 60_000);
  const [start, end] = [
    await timeOf(controller, `/rooms/${room}/start`, { template, group }),
    await timeOf(controller, `/rooms/${room}/stop`, { warnS: 0, powerOff: false }),
  ];
  tellProgress(`start ${start.toFixed(2)} s, end ${end.toFixed(2)} s`);
  if (round === 0) continue;
  startS.push(start);
  endS.push(end);
}
printBenchResult({
  title: `A class of ${seats} starts and ends (computers that are on, simulated agents and desktops)`,
  figures: [
    { what: 'start, until the last seat is done, median', value: median(startS), unit: 's', target },
    { what: `start, slowest of ${rounds}`, value: Math.max(...startS), unit: 's', target },
    { what: 'end without a warning, until the last seat is done, median', value: median(endS), unit: 's' },
  ],
});

/** Pupils, a room of seats with these devices, and desktops that stand ready. */
async function furnish(
  tx: Database,
  known: readonly BenchDevice[],
): Promise<{ room: string; group: string }> {
  await insertDevices(tx, known);
  await tx.query(`insert into templates (id, name, provider) values ($1, 'Simulated', 'simulated')`, [
    template,
  ]);
  await tx.query('insert into pools (template_id, warm_minimum, maximum) values ($1, $2, $3)', [
    template,
    seats,
    3 * seats,
  ]);
  const [made] = await tx.query<{ room: string; group: string }>(
    `with room as (insert into rooms (name) values ('Bench') returning id),
       made as (insert into groups (name) values ('bench') returning id),
       pupils as (
         insert into users (username, display_name, role, account)
         select 'pupil' || n, 'Pupil ' || n, 'student', 'pupil' || n from generate_series(1, $1) n returning id),
       members as (insert into group_members (group_id, user_id) select made.id, pupils.id from made, pupils),
       seats as (insert into seats (room_id, name) select room.id, 'Seat ' || n from room, generate_series(1, $1) n)
     select room.id as room, made.id as group from room, made`,
    [seats],
  );
  await tx.query(
    `update devices d set seat_id = s.id from seats s where s.room_id = $1 and d.id = 'bench-' || (replace(s.name, 'Seat ', '')::integer - 1)`,
    [made?.room],
  );
  return { room: made?.room ?? '', group: made?.group ?? '' };
}

/** @returns what has it leave */
async function connect({ mqttPort }: BenchController, known: BenchDevice): Promise<() => Promise<void>> {
  const show = ({ revision, kiosk, screen, lock }: Desired): void => {
    const url = `https://controller${kiosk.url}`;
    const shown = { state: 'showing', url, loadedAt: new Date().toISOString() };
    device.tell('reported', { revision, kiosk: shown, screen: { power: screen.power }, lock });
  };
  const device = new MqttDevice(known, 1, show);
  await device.connect({ port: mqttPort, localAddress: '127.0.0.1' });
  await device.becomeReady();
  const television = { name: 'cec0', connector: null, power: 'on', physicalAddress: '1.0.0.0' };
  device.tell('cec', { adapters: [{ ...television, isActiveSource: null, television: null }] });
  return () => device.leave();
}

/** @returns seconds from the request until the run that it begins is done; every seat of it must be well */
async function timeOf({ ask }: BenchController, path: string, body: object): Promise<number> {
  const startedAt = performance.now();
  const { id } = (await ask('POST', path, body)) as ClassRun;
  const run = await waitFor('the class is there', async () => {
    const seen = (await ask('GET', `/class-runs/${id}`)) as ClassRun;
    return seen.state === 'done' && seen;
  });
  const failed = run.seats.find(({ state }) => state !== 'done');
  if (failed) throw new Error(`${failed.seatName} failed at ${failed.step}: ${failed.reason}`);
  return (performance.now() - startedAt) / 1000;
}

async function countReady(tx: Database): Promise<number> {
  const sql = `select count(*) as n from desktops where template_id = $1 and state = 'ready'`;
  return (await tx.query<{ n: number }>(sql, [template]))[0]?.n ?? 0;
}
