/**
 * Node-RED beside the controller, with the flows that ship: how soon it answers, what it holds in memory at rest and
 * with thirty dashboards open, and how soon it is back when it is killed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { NodeRedHomeroom } from '../integration/node-red/support/node-red-homeroom.ts';
import { nodeRedProcesses } from '../integration/node-red/support/process-of.ts';
import { printBenchResult } from './figures.ts';
import { residentBytes } from './support/process-figures.ts';

const mib = 2 ** 20;
const dashboards = 30;
const restMs = 20_000;
const socketPath = '/dashboard/socket.io/?EIO=4&transport=websocket';

await using homeroom = await NodeRedHomeroom.make();
const startedAt = performance.now();
await homeroom.start();
const answersS = (performance.now() - startedAt) / 1000;
await sleep(restMs);
const restBytes = memory();
const open = Array.from({ length: dashboards }, () => homeroom.untilClosed('teacher', socketPath));
await Promise.all(open.map(({ opened }) => opened));
const pages = [
  '/dashboard/wall',
  '/dashboard/_setup',
  '/red/resources/@homeroom/node-red/homeroom-widgets.js',
];
await Promise.all(open.flatMap(() => pages.map((page) => homeroom.ask('teacher', page))));
await sleep(restMs);
const busyBytes = memory();
const killedAt = performance.now();
for (const pid of nodeRedProcesses(homeroom.nodeRedDir)) process.kill(pid, 'SIGKILL');
await Promise.all(open.map(({ ended }) => ended));
await homeroom.untilPhase('running', 1);
const backS = (performance.now() - killedAt) / 1000;
printBenchResult({
  title: 'Node-RED, with the dashboard and the flows that ship',
  figures: [
    { what: 'first start of the controller, to flows that run', value: answersS, unit: 's' },
    { what: 'memory at rest', value: restBytes / mib, unit: 'MiB', target: '≤ 250 MB' },
    {
      what: `memory with ${dashboards} dashboards open`,
      value: busyBytes / mib,
      unit: 'MiB',
      target: '≤ 250 MB',
    },
    { what: 'killed, to flows that run again', value: backS, unit: 's' },
  ],
});

function memory(): number {
  const [pid] = nodeRedProcesses(homeroom.nodeRedDir);
  if (pid === undefined) throw new Error('Node-RED does not run');
  return residentBytes(pid);
}
