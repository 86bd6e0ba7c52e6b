/** From a teacher's request to thirty seats that show it: a lock, and a message until its "Read" was pressed everywhere. */
import { printBenchResult } from './figures.ts';
import { openControllerDatabase, startBenchController } from './support/bench-controller.ts';
import { benchDevices, insertDevices } from './support/bench-devices.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { BenchKiosk, type Shown } from './support/bench-kiosk.ts';
import { quantile } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';

const seats = 30;
const rounds = 12;
const target = '≤ 500 ms';

await using folder = await makeBenchFolder();
await using homeroom = await startBenchController(folder.path);
const devices = benchDevices(seats);
const room = await furnish();
const kiosks = devices.map((device) => new BenchKiosk(device, homeroom));
await using end = new AsyncDisposableStack();
for (const kiosk of kiosks) {
  end.use(kiosk);
  await kiosk.open();
}
const lockMs: number[] = [];
const messageMs: number[] = [];
// The first round warms up and is not counted.
for (let round = 0; round <= rounds; round += 1) {
  const locked = await allShow(
    (shown) => shown.lock && shown.view === 'locked',
    () => lock(true),
  );
  await allShow(
    (shown) => !shown.lock && shown.view === 'sign-in',
    () => lock(false),
  );
  const say = () => homeroom.ask('POST', `/rooms/${room}/message`, { text: `Message ${round}` });
  const told = await allShow((shown) => shown.view === 'message', say);
  await allShow(
    (shown) => shown.view === 'sign-in',
    () => Promise.all(kiosks.map((kiosk) => kiosk.read())),
  );
  if (round === 0) continue;
  lockMs.push(...locked);
  messageMs.push(...told);
  tellProgress(`round ${round} of ${rounds}`);
}
printBenchResult({
  title: 'Lock and message to thirty kiosks',
  figures: [
    { what: 'lock to seat, p50', value: quantile(lockMs, 0.5), unit: 'ms' },
    { what: 'lock to seat, p95', value: quantile(lockMs, 0.95), unit: 'ms', target },
    { what: 'message to seat, p50', value: quantile(messageMs, 0.5), unit: 'ms' },
    { what: 'message to seat, p95', value: quantile(messageMs, 0.95), unit: 'ms', target },
  ],
});

function lock(on: boolean): Promise<unknown> {
  return homeroom.ask('POST', `/rooms/${room}/lock`, { on });
}

/** @returns how long it took each seat, from the request on */
async function allShow(wanted: (shown: Shown) => boolean, ask: () => Promise<unknown>): Promise<number[]> {
  const startedAt = performance.now();
  const shown = kiosks.map((kiosk) => kiosk.whenShown(wanted));
  await ask();
  return (await Promise.all(shown)).map((atMs) => atMs - startedAt);
}

async function furnish(): Promise<string> {
  const db = await openControllerDatabase(folder.path);
  try {
    await insertDevices(db, devices);
    const [first] = await db.query<{ id: string }>('select id from rooms limit 1');
    if (!first) throw new Error('the controller made no room');
    await db.query(
      `with made as (
         insert into seats (room_id, name) select $1, 'Seat ' || d.id from devices d returning id, name
       ) update devices d set seat_id = made.id from made where made.name = 'Seat ' || d.id`,
      [first.id],
    );
    return first.id;
  } finally {
    await db.stop();
  }
}
