/**
 * New devices enrol at the real controller: a join token that names a room, a connection each, a credential and a
 * seat for each in its durable database.
 */
import { type Figure, printBenchResult } from './figures.ts';
import { startBenchController } from './support/bench-controller.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { createJoinToken } from './support/create-join-token.ts';
import type { EnrolmentClaims } from './support/enrolment-claims.ts';
import { median } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';
import { Worker } from './support/worker.ts';

const rounds = 5;
const count = 100;

await using stack = new AsyncDisposableStack();
const folder = stack.use(await makeBenchFolder());
const controller = stack.use(await startBenchController(folder.path));
const claims = stack.use(
  new Worker<EnrolmentClaims>(new URL('./support/enrolment-claims.ts', import.meta.url)),
);
const token = await createJoinToken(controller);
const doors = [
  { name: 'over TLS', url: `mqtts://127.0.0.1:${controller.mqttTlsPort}`, perSecond: [] as number[] },
  { name: 'plain, on loopback', url: `mqtt://127.0.0.1:${controller.mqttPort}`, perSecond: [] as number[] },
];
// The first round warms up and is not counted.
for (let round = 0; round <= rounds; round += 1) {
  for (const [index, { name, url, perSecond }] of doors.entries()) {
    const elapsedMs = await claims.call('enrol', { url, token, count, prefix: `pi-${round}-${index}` });
    tellProgress(`${count} devices ${name}: ${Math.round(elapsedMs)} ms`);
    if (round > 0) perSecond.push((count * 1000) / elapsedMs);
  }
}
const figures = doors.map(
  ({ name, perSecond }): Figure => ({ what: `enrolments ${name}`, value: median(perSecond), unit: '/s' }),
);
printBenchResult({ title: 'Devices that enrol', figures });
