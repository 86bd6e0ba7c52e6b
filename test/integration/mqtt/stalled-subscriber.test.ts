/** One subscriber that takes nothing must stop nobody, and must not fill the memory. */
import { connect, type Socket } from 'node:net';
import { topics } from '@homeroom/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { TestClients } from './support/clients.ts';
import { type EmbeddedTestBroker, startEmbedded } from './support/embedded.ts';
import { connectPacket, subscribePacket } from './support/packets.ts';

let broker: EmbeddedTestBroker;
let clients: TestClients;
let stalled: Socket;

beforeEach(async () => {
  broker = await startEmbedded({
    limits: {
      maxBacklogBytes: 256 * 1024,
      publishesPerSecond: 1e6,
      publishBurst: 1e6,
      drainTimeoutMs: 60_000,
    },
  });
  clients = new TestClients(broker);
  stalled = connect(broker.port, '127.0.0.1');
  stalled.on('error', () => undefined);
  stalled.write(
    connectPacket({ clientId: 'stalled', username: 'observer', password: broker.observerPassword }),
  );
  stalled.write(subscribePacket('homeroom/#'));
  await waitFor('the stalled subscriber', () => broker.broker.stats().connections === 1);
  // From here on it takes nothing more.
  stalled.pause();
});
afterEach(async () => {
  stalled.destroy();
  await clients.end();
  await broker.stop();
});

it('goes on with everybody else’s messages at once, and cuts the stalled one off', async () => {
  const [one, two] = [await clients.device('pi-1'), await clients.device('pi-2')];
  const observer = await clients.observer();
  await observer.mqtt.subscribeAsync(topics.device('pi-2', 'state'), { qos: 1 });
  const large = JSON.stringify({ id: 'large-result', status: 'succeeded', data: 'x'.repeat(400_000) });
  for (let sent = 0; sent < 30; sent += 1) {
    // Each is acknowledged: the publisher is not held up by the one who does not read.
    await one.mqtt.publishAsync(topics.result('pi-1', 'identify'), large, { qos: 1 });
  }
  await two.mqtt.publishAsync(topics.device('pi-2', 'state'), 'still here', { qos: 1, retain: true });
  expect(await observer.next(topics.device('pi-2', 'state'))).toBe('still here');
  await waitFor('the stalled one to be cut off', () => broker.broker.stats().slowSubscribersCut > 0);
  await waitFor('it to be gone', () => broker.broker.stats().connections === 3);
});
