/** From an HDMI event at an agent (a simulated board) to the room's page in a browser that shows it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { printBenchResult } from './figures.ts';
import { DeviceEvents } from './support/device-events.ts';
import { nextCardChange, watchRoomPage } from './support/room-page.ts';
import { RunningHomeroom } from './support/running-homeroom.ts';
import { launchBrowser } from './support/signing-in.ts';
import { quantile } from './support/statistics.ts';

const seats = 3;
const events = 45;
/** An agent tells of one thing at most once per second: each seat's turn comes less often. */
const everyMs = 450;
const connector = 'HDMI-A-1';

await using homeroom = await RunningHomeroom.start({ seats });
await using happenings = await DeviceEvents.listen(homeroom);
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  await watchRoomPage(page, homeroom, seats);
  const delaysMs: number[] = [];
  for (let turn = 0; turn < events; turn += 1) {
    const isPlugged = Math.floor(turn / seats) % 2 === 1;
    const happened = happenings.nextAtMs();
    await homeroom.ask('POST', `/devices/seat-${(turn % seats) + 1}/commands`, {
      name: 'simulate',
      args: { what: 'hdmi', connector, connected: isPlugged },
    });
    const change = await nextCardChange(page);
    if (change.isPlugged !== isPlugged) throw new Error(`the card of ${change.seat} shows the contrary`);
    delaysMs.push(change.atMs - (await happened));
    await sleep(everyMs);
  }
  printBenchResult({
    title: 'HDMI event at the agent to the room’s page',
    figures: [
      { what: 'event to page, p50', value: quantile(delaysMs, 0.5), unit: 'ms' },
      { what: 'event to page, p95', value: quantile(delaysMs, 0.95), unit: 'ms', target: '≤ 300 ms' },
    ],
  });
} finally {
  await browser.close();
}
