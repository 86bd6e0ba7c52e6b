/** How much memory the broker needs for each device that is connected, has subscribed, told its state, and is idle. */
import { setTimeout as sleep } from 'node:timers/promises';
import { printBenchResult } from './figures.ts';
import { type Contestant, openBrokerContest } from './support/broker-contest.ts';
import { heapBytes } from './support/mosquitto.ts';
import { residentBytes } from './support/process-figures.ts';

const gib = 2 ** 30;
const count = 5_000;
/** Warms up what does not grow with the devices. */
const firstCount = 500;
/** Garbage of the connecting is gone by then. */
const restMs = 6_000;

await using contest = await openBrokerContest(count);
const own = await bytesPerDevice(contest.embedded, () => residentBytes(contest.embedded.pid));
// Its resident memory tells nothing: what it freed after reading its file of devices is used first.
const peer = await bytesPerDevice(contest.mosquitto, () => heapBytes(contest.mosquittoUrl));
printBenchResult({
  title: 'Idle devices in memory',
  figures: [
    {
      what: 'idle devices per GiB (ours counts all that the controller remembers of a device)',
      value: gib / own,
      unit: 'devices',
      peer: { name: 'mosquitto', value: gib / peer },
    },
    {
      what: 'memory per device (ours resident, mosquitto’s as it counts its heap)',
      value: own / 1024,
      unit: 'KiB',
      peer: { name: 'mosquitto', value: peer / 1024 },
    },
  ],
});

async function bytesPerDevice(
  contestant: Contestant,
  usedBytes: () => number | Promise<number>,
): Promise<number> {
  await connectAll(contestant, firstCount);
  await contestant.swarm.call('leave', undefined);
  await sleep(restMs);
  const beforeBytes = await usedBytes();
  await connectAll(contestant, count);
  await sleep(restMs);
  return ((await usedBytes()) - beforeBytes) / count;
}

async function connectAll({ fleet, swarm, port }: Contestant, devices: number): Promise<void> {
  await swarm.call('connect', { port, count: devices, connection: Date.now() });
  await swarm.call('becomeReady', undefined);
  await fleet.call('awaitDevices', devices);
}
