/** What the embedded broker does with those who ask too much. */
import { connect } from 'node:net';
import type { RefusedPublish } from '@homeroom/controller/mqtt/broker-events.ts';
import type { BrokerLimits } from '@homeroom/controller/mqtt/broker-limits.ts';
import { messages, topics } from '@homeroom/protocol';
import { afterEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { TestClients } from './support/clients.ts';
import { type EmbeddedTestBroker, startEmbedded } from './support/embedded.ts';
import { connectPacket, packet, publishPacket } from './support/packets.ts';

let broker: EmbeddedTestBroker;
let clients: TestClients;
let refused: RefusedPublish[];

async function start(limits: Partial<BrokerLimits> = {}): Promise<void> {
  refused = [];
  broker = await startEmbedded({ limits, events: { publishRefused: (one) => refused.push(one) } });
  clients = new TestClients(broker);
}
afterEach(async () => {
  await clients.end();
  await broker.stop();
});

/** Send bytes as they are, `next` after the first answer. @returns what came back until the broker closed */
function exchange(first: Buffer, next?: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const socket = connect(broker.port, '127.0.0.1');
    const heard: Buffer[] = [];
    socket.on('data', (chunk) => {
      if (heard.push(chunk) === 1 && next) socket.write(next);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(heard)));
    socket.write(first);
  });
}
const device = { clientId: 'pi-1', username: 'pi-1', password: 'password of pi-1' };

it('refuses a payload that is larger than its topic allows, says so and closes', async () => {
  await start();
  const pi = await clients.device('pi-1');
  const closed = new Promise((resolve) => pi.mqtt.once('close', () => resolve(undefined)));
  pi.mqtt.publish(topics.device('pi-1', 'state'), 'x'.repeat(messages.state.maxBytes + 1), { qos: 0 });
  await closed;
  expect(refused).toEqual([
    {
      identity: { kind: 'device', device: 'pi-1' },
      address: '127.0.0.1',
      topic: 'homeroom/v1/pi-1/state',
      code: 'payload_too_large',
    },
  ]);
  expect(broker.broker.stats().publishesRefused).toEqual({ payload_too_large: 1 });
});

it('refuses a packet by what its header says, without waiting for it', async () => {
  await start();
  await broker.credentials.put('pi-1', device.password);
  const giant = packet(0x30, [], 200_000_000);
  expect(await exchange(connectPacket(device), giant)).toEqual(Buffer.from([0x20, 2, 0, 0]));
  // Before anybody has said who he is, much less is taken.
  expect(await exchange(packet(0x10, [], 10_000))).toHaveLength(0);
  expect(broker.broker.stats().publishesRefused).toEqual({ payload_too_large: 2 });
  const identity = { kind: 'device', device: 'pi-1' };
  const code = 'payload_too_large';
  expect(refused).toEqual([{ identity, address: '127.0.0.1', topic: undefined, code }]);
});

it('refuses a retained command even from its own controller', async () => {
  await start();
  const pi = await clients.device('pi-1');
  pi.mqtt.publish(topics.event('pi-1', 'kiosk.crashed'), '{}', { qos: 0, retain: true });
  await waitFor('the refusal', () => refused.length > 0);
  expect(refused[0]?.code).toBe('command_retained');
  expect(broker.broker.stats().retainedMessages).toBe(0);
});

it('refuses deep topics', async () => {
  await start();
  await broker.credentials.put('pi-1', device.password);
  const deep = publishPacket(`homeroom/v1/pi-1${'/x'.repeat(500)}`, Buffer.from('{}'));
  await exchange(connectPacket(device), deep);
  const pi = await clients.device('pi-2');
  expect(pi.mqtt.connected).toBe(true);
});

it('refuses an empty client id that asks for a session', async () => {
  await start();
  const answer = await exchange(connectPacket({ clientId: '', isClean: false }));
  expect(answer).toEqual(Buffer.from([0x20, 2, 0, 2]));
});

it('refuses a keep-alive that would leave a dead device unnoticed', async () => {
  await start();
  await broker.credentials.put('pi-1', device.password);
  for (const keepaliveS of [0, 301]) {
    const answer = await exchange(connectPacket({ ...device, keepaliveS }));
    expect(answer[3], `keep-alive ${keepaliveS}`).not.toBe(0);
  }
});

it('makes every session clean', async () => {
  await start();
  const pi = await clients.device('pi-1', { clean: false });
  await pi.mqtt.subscribeAsync(topics.command('pi-1', '+'), { qos: 1 });
  await pi.mqtt.endAsync();
  const again = await clients.device('pi-1', { clean: false });
  const observer = await clients.observer();
  await observer.mqtt.subscribeAsync('homeroom/#', { qos: 1 });
  await again.mqtt.publishAsync(topics.device('pi-1', 'state'), '{}', { qos: 1 });
  await observer.next(topics.device('pi-1', 'state'));
  expect(again.heard).toEqual([]);
});

it('lets so many connections of one address in, and makes room when one leaves', async () => {
  await start({ maxConnectionsPerAddress: 2 });
  const first = await clients.device('pi-1');
  await clients.device('pi-2');
  await expect(clients.device('pi-3')).rejects.toThrow();
  await first.mqtt.endAsync(true);
  await waitFor('room', () => broker.broker.stats().connections === 1);
  const third = await waitFor('the third', () => clients.device('pi-3').catch(() => undefined));
  expect(third.mqtt.connected).toBe(true);
  expect(broker.broker.stats().connectionsRefused).toBeGreaterThan(0);
});

it('closes a connection that does not say who it is', async () => {
  await start({ connectTimeoutMs: 50 });
  expect(await exchange(Buffer.alloc(0))).toHaveLength(0);
});

it('slows a flood down to its rate and loses nothing of it', async () => {
  await start({ publishesPerSecond: 40, publishBurst: 10 });
  const observer = await clients.observer();
  await observer.mqtt.subscribeAsync('homeroom/#', { qos: 1 });
  const pi = await clients.device('pi-1');
  const flood = Array.from({ length: 60 }, (_, index) =>
    pi.mqtt.publishAsync(topics.event('pi-1', 'kiosk.crashed'), JSON.stringify({ index }), { qos: 1 }),
  );
  await Promise.all(flood);
  await waitFor('all of them', () => observer.heard.length === 60);
  expect(observer.heard.map(({ payload }) => JSON.parse(payload).index)).toEqual(
    Array.from({ length: 60 }, (_, index) => index),
  );
  expect(broker.broker.stats().publishesDelayed).toBeGreaterThan(0);
});

it('keeps an observer from pushing a device off by calling itself the same', async () => {
  await start();
  const pi = await clients.device('pi-1');
  await expect(clients.observer({ clientId: 'pi-1' })).rejects.toThrow(/identifier rejected/i);
  expect(pi.mqtt.connected).toBe(true);
  const observer = await clients.observer({ clientId: 'pi-2' });
  const pushed = new Promise((resolve) => observer.mqtt.once('close', () => resolve(undefined)));
  await clients.device('pi-2');
  await pushed;
});

it('keeps its own topics to itself', async () => {
  await start();
  const observer = await clients.observer();
  await expect(observer.mqtt.subscribeAsync('$SYS/#', { qos: 1 })).rejects.toThrow();
  const pi = await clients.device('pi-1');
  const closed = new Promise((resolve) => pi.mqtt.once('close', () => resolve(undefined)));
  pi.mqtt.publish(`$SYS/${'x'}/new/clients`, 'pi-2', { qos: 0 });
  await closed;
});
