/**
 * What a school that sits still costs: every reconciler looks at 10,000 desktops and 10,000 idle sessions again and
 * again. A tick is the longest interval of any of them, 15 seconds: within it each has looked at everything at least once,
 * most of them many times. The processor time of the controller and of its database are told apart.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@homeroom/controller/store/database.ts';
import { startEmbeddedServer } from '@homeroom/controller/store/embedded-server.ts';
import { migrate } from '@homeroom/controller/store/migrate.ts';
import { pino } from 'pino';
import { waitFor } from '../support/wait-for.ts';
import { printBenchResult } from './figures.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { checkSchool, isSettled, seatIdleSchool } from './support/idle-school.ts';
import { startLoadedController } from './support/loaded-controller.ts';
import { cpuSeconds, residentBytes } from './support/process-figures.ts';
import { median } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';

const mib = 2 ** 20;
const users = 10_000;
const tickMs = 15_000;
const ticks = 4;
/** What only the start, or the first look at everything, needed is given back by then. */
const restMs = 20_000;
const settleTimeoutMs = 180_000;
const logger = pino({ level: 'silent' });

interface Tick {
  readonly controllerS: number;
  readonly databaseS: number;
}

await using stack = new AsyncDisposableStack();
const folder = stack.use(await makeBenchFolder());
const server = await startEmbeddedServer({ dataDir: join(folder.path, 'database'), logger });
stack.defer(() => server.stop());
const db = await openDatabase({ url: server.url, maxConnections: 1, logger });
stack.defer(() => db.stop());
await migrate(db);
const dataDir = join(folder.path, 'controller');
const controller = stack.use(await startLoadedController({ dataDir, databaseUrl: server.url }));
await sleep(restMs);
const emptyBytes = residentBytes(controller.pid);
await seatIdleSchool(db, users);
// Its provider hears of these desktops by the first comparison of the inventory, and each is asked after.
await sleep(2 * tickMs);
await waitFor('the controller has looked at all of it', () => isSettled(db), settleTimeoutMs);
await sleep(restMs);
const measured: Tick[] = [];
for (let tick = 0; tick < ticks; tick += 1) measured.push(await measureTick());
const fullBytes = residentBytes(controller.pid);
await checkSchool(db, users);
const medianOf = (of: (tick: Tick) => number) => median(measured.map(of));
printBenchResult({
  title: `A tick of all reconcilers with ${users.toLocaleString('en')} desktops and as many idle sessions`,
  figures: [
    {
      what: 'processor time of a tick, controller and database',
      value: medianOf(({ controllerS, databaseS }) => controllerS + databaseS),
      unit: 's',
      target: '≤ 1 s',
    },
    { what: 'of it the controller', value: medianOf(({ controllerS }) => controllerS), unit: 's' },
    { what: 'of it the database', value: medianOf(({ databaseS }) => databaseS), unit: 's' },
    {
      what: 'resident memory of the controller per 1,000 idle sessions',
      value: (fullBytes - emptyBytes) / mib / (users / 1_000),
      unit: 'MiB',
      target: '≤ 10 MB',
    },
    { what: 'resident memory of the controller with all of them', value: fullBytes / mib, unit: 'MiB' },
  ],
});

async function measureTick(): Promise<Tick> {
  const before = { controller: cpuSeconds(controller.pid), database: cpuSeconds(server.pid) };
  await sleep(tickMs);
  const tick = {
    controllerS: cpuSeconds(controller.pid) - before.controller,
    databaseS: cpuSeconds(server.pid) - before.database,
  };
  tellProgress(`controller ${tick.controllerS.toFixed(2)} s, database ${tick.databaseS.toFixed(2)} s`);
  return tick;
}
