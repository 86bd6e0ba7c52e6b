/**
 * From a command to a relay, as somebody presses it on a page, to the page's seeing what the relay says. The relay is a
 * Tasmota plug that answers at once; the API, the record, the broker and the live events lie between.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Relay } from '@homeroom/protocol';
import mqtt from 'mqtt';
import { waitFor } from '../support/wait-for.ts';
import { printBenchResult } from './figures.ts';
import { RelayEvents } from './support/relay-events.ts';
import { RunningHomeroom } from './support/running-homeroom.ts';
import { quantile } from './support/statistics.ts';

const id = 'plug-1';
const rounds = 120;
const warmUpRounds = 10;
/** Longer than the gate of its starts, which is no part of what is measured. */
const pauseMs = 150;

await using homeroom = await RunningHomeroom.start({ seats: 1 });
const made: Relay = await homeroom.ask('POST', '/relays', {
  id,
  kind: 'tasmota',
  topic: id,
  channels: 1,
  maxStartsPerS: 20,
});
await homeroom.ask('PUT', `/relays/${id}/channels/0`, { minimumOffS: 0 });
const plug = await mqtt.connectAsync(homeroom.mqttUrl, { ...made.credential, reconnectPeriod: 0 });
let isOn = false;
plug.on('message', (_topic, payload) => {
  if (payload.length > 0) isOn = payload.toString('utf8') === 'ON';
  plug.publish(`stat/${id}/POWER`, isOn ? 'ON' : 'OFF');
});
await plug.subscribeAsync(`cmnd/${id}/#`);
await plug.publishAsync(`tele/${id}/LWT`, 'Online', { retain: true });
const seen = async () => ((await homeroom.ask('GET', `/relays/${id}`)) as Relay).channels[0]?.on;
await waitFor('the plug to say how it stands', async () => (await seen()) === false);

const delaysMs: number[] = [];
await using events = await RelayEvents.listen(homeroom);
for (let round = 0; round < rounds + warmUpRounds; round += 1) {
  const on = round % 2 === 0;
  const beginsMs = performance.now();
  await homeroom.ask('POST', `/relays/${id}/channels/0/switch`, { on });
  while ((await seen()) !== on) await events.next();
  if (round >= warmUpRounds) delaysMs.push(performance.now() - beginsMs);
  await sleep(pauseMs);
}
await plug.endAsync(true);
printBenchResult({
  title: 'Command to a relay to its state on a page',
  figures: [
    { what: 'command to state seen, p50', value: quantile(delaysMs, 0.5), unit: 'ms' },
    { what: 'command to state seen, p95', value: quantile(delaysMs, 0.95), unit: 'ms', target: '≤ 200 ms' },
  ],
});
