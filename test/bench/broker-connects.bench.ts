/**
 * How quickly a school comes back: devices with credentials and access rules connect to the embedded broker,
 * and to mosquitto, which knows the same devices and rules. Both have a controller with its database.
 */
import { type Figure, printBenchResult } from './figures.ts';
import { type BrokerContest, type Contestant, openBrokerContest } from './support/broker-contest.ts';
import { cpuSeconds } from './support/process-figures.ts';
import { median } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';

const plans = [
  { count: 1_000, rounds: 4 },
  { count: 5_000, rounds: 2 },
];

interface Rates {
  /** Per second. */
  readonly connects: number[];
  /** Per second of the broker's processor time: what other work on the machine does not move. */
  readonly connectsPerCpuSecond: number[];
  /** Per second. */
  readonly ready: number[];
}

await using contest = await openBrokerContest(Math.max(...plans.map(({ count }) => count)));
const figures: Figure[] = [];
for (const plan of plans) figures.push(...(await measure(contest, plan)));
printBenchResult({ title: 'Devices that connect to the broker', figures });

async function measure(
  { embedded, mosquitto }: BrokerContest,
  plan: (typeof plans)[number],
): Promise<Figure[]> {
  const { count, rounds } = plan;
  const rates = { embedded: newRates(), mosquitto: newRates() };
  // The first round warms both up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    for (const contestant of [embedded, mosquitto]) {
      const seen = await connectAll(contestant, count);
      if (round === 0) continue;
      rates[contestant.name].connects.push(seen.connects);
      rates[contestant.name].connectsPerCpuSecond.push(seen.connectsPerCpuSecond);
      rates[contestant.name].ready.push(seen.ready);
    }
  }
  const figure = (what: string, of: keyof Rates, target?: string): Figure => ({
    what: `${what}, ${count.toLocaleString('en-US')} devices`,
    value: median(rates.embedded[of]),
    unit: '/s',
    peer: { name: 'mosquitto', value: median(rates.mosquitto[of]) },
    ...(target === undefined ? {} : { target }),
  });
  return [
    figure('connects', 'connects', '≥ 0.4 × mosquitto'),
    figure('connects per second of the broker’s processor time', 'connectsPerCpuSecond'),
    figure('then subscribed and told their state', 'ready'),
  ];
}

async function connectAll(
  { name, pid, fleet, swarm, port }: Contestant,
  count: number,
): Promise<Record<keyof Rates, number>> {
  const cpuBefore = cpuSeconds(pid);
  const connectMs = await swarm.call('connect', { port, count, connection: Date.now() });
  const usedCpu = cpuSeconds(pid) - cpuBefore;
  const readyMs = await swarm.call('becomeReady', undefined);
  await fleet.call('awaitDevices', count);
  await swarm.call('leave', undefined);
  const rates = {
    connects: (count * 1000) / connectMs,
    connectsPerCpuSecond: count / usedCpu,
    ready: (count * 1000) / readyMs,
  };
  tellProgress(
    `${name}, ${count} devices: ${Math.round(rates.connects)} connects/s, ${Math.round(rates.ready)} ready/s`,
  );
  return rates;
}

function newRates(): Rates {
  return { connects: [], connectsPerCpuSecond: [], ready: [] };
}
