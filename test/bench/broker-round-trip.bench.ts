/**
 * How long a command takes until its result is here: from the controller through the broker to a device and
 * back, while a school is connected. The controller is the same with both brokers.
 */
import { type Figure, printBenchResult } from './figures.ts';
import { benchDevices } from './support/bench-devices.ts';
import { type BrokerContest, type Contestant, openBrokerContest } from './support/broker-contest.ts';
import { median, quantile } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';

const counts = [1_000, 5_000];
const rounds = 4;
const commandsPerRound = 4_000;
/** A teacher’s button, not a load: a few at once. */
const inFlight = 4;

type Percentiles = Record<'p50' | 'p99', number[]>;

await using contest = await openBrokerContest(Math.max(...counts));
const figures: Figure[] = [];
for (const count of counts) figures.push(...(await measure(contest, count)));
printBenchResult({ title: 'Command and result through the broker', figures });

async function measure({ embedded, mosquitto }: BrokerContest, count: number): Promise<Figure[]> {
  const contestants = [embedded, mosquitto];
  for (const contestant of contestants) await connectAll(contestant, count);
  const seen: Record<Contestant['name'], Percentiles> = {
    embedded: { p50: [], p99: [] },
    mosquitto: { p50: [], p99: [] },
  };
  // The first round warms both up and is not counted; both feel the machine's other work alike.
  for (let round = 0; round <= rounds; round += 1) {
    for (const { fleet, name } of contestants) {
      const latencies = await sendCommands(fleet, count);
      const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
      tellProgress(`${name}, ${count} devices: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`);
      if (round === 0) continue;
      seen[name].p50.push(p50);
      seen[name].p99.push(p99);
    }
  }
  for (const { swarm } of contestants) await swarm.call('leave', undefined);
  const figure = (percentile: 'p50' | 'p99'): Figure => ({
    what: `command to result, ${percentile}, ${count.toLocaleString('en-US')} devices`,
    value: median(seen.embedded[percentile]),
    unit: 'ms',
    peer: { name: 'mosquitto', value: median(seen.mosquitto[percentile]) },
  });
  return [figure('p50'), { ...figure('p99'), target: '≤ 1.5 × mosquitto at 1,000 devices' }];
}

async function connectAll({ name, fleet, port, swarm }: Contestant, count: number): Promise<void> {
  await swarm.call('connect', { port, count, connection: Date.now() });
  await swarm.call('becomeReady', undefined);
  await fleet.call('awaitDevices', count);
  tellProgress(`${name}: ${count} devices are there`);
}

function sendCommands(fleet: Contestant['fleet'], count: number): Promise<number[]> {
  const devices = benchDevices(count).map(({ id }) => id);
  return fleet.call('roundTrips', { devices, count: commandsPerRound, inFlight });
}
