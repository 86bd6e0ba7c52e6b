/** The controller's own link: it says that it is there, comes back by itself, and loses nothing silently. */

import { once } from 'node:events';
import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net';
import { ControllerLink } from '@homeroom/controller/mqtt/controller-link.ts';
import { topics } from '@homeroom/protocol';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { TestClients } from './support/clients.ts';
import { startMosquitto } from './support/mosquitto.ts';
import type { TestBroker } from './support/test-broker.ts';

let broker: TestBroker;
let clients: TestClients;
let wire: CuttableWire;
let link: ControllerLink;

beforeAll(async () => {
  broker = await startMosquitto();
  clients = new TestClients(broker);
  wire = await CuttableWire.open(broker.port);
});
afterEach(() => link.stop());
afterAll(async () => {
  await clients.end();
  await wire.close();
  await broker.stop();
});

function startLink(): ControllerLink {
  const door = { ...broker.door, url: `mqtt://127.0.0.1:${wire.port}` };
  link = new ControllerLink({ door, logger: pino({ level: 'silent' }), random: () => 0 });
  link.start();
  return link;
}
const stateOf = (payload: string) => JSON.parse(payload).state;

it('says online while it is there, offline when it leaves and when it is cut off', async () => {
  const observer = await clients.observer();
  const states = () => observer.heard.map(({ payload }) => stateOf(payload));
  startLink();
  await waitFor('the link', () => link.isConnected());
  await observer.mqtt.subscribeAsync(topics.controllerState(), { qos: 1 });
  await waitFor('online', () => states().at(-1) === 'online');
  wire.cut();
  await waitFor('the will', () => states().includes('offline'));
  await waitFor('online again', () => states().at(-1) === 'online');
  await link.stop();
  await waitFor('offline', () => states().at(-1) === 'offline');
});

it('tells of every connection, and hears what is said after each', async () => {
  const heard: string[] = [];
  let connections = 0;
  startLink();
  link.onConnected(() => {
    connections += 1;
  });
  link.onMessage(({ topic }) => heard.push(topic));
  await waitFor('the first', () => connections === 1);
  wire.cut();
  await waitFor('the second', () => connections === 2);
  const pi = await clients.device('pi-1');
  const state = { state: 'ready', since: '2026-01-01T00:00:00.000Z', bootId: 'boot' };
  await pi.mqtt.publishAsync(topics.device('pi-1', 'state'), JSON.stringify(state), { qos: 1 });
  await waitFor('its state', () => heard.includes(topics.device('pi-1', 'state')));
});

it('refuses to publish while it is not connected, rather than keep it for later', async () => {
  startLink();
  await expect(link.publish(topics.device('pi-1', 'desired'), {}, { retain: true })).rejects.toThrow(
    /broker_unavailable/,
  );
  await waitFor('the link', () => link.isConnected());
  await link.publish(topics.device('pi-1', 'desired'), {}, { retain: true });
});

it('waits for a broker that is not there yet', async () => {
  wire.refuse(true);
  startLink();
  await waitFor('some attempts', () => wire.refused >= 2);
  expect(link.isConnected()).toBe(false);
  wire.refuse(false);
  await waitFor('the link', () => link.isConnected());
});

/** TCP between the link and the broker, with scissors. */
class CuttableWire {
  refused = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isRefusing = false;

  private constructor(target: number) {
    this.#server = createServer((near) => this.#join(near, target));
  }

  static async open(target: number): Promise<CuttableWire> {
    const wire = new CuttableWire(target);
    wire.#server.listen(0, '127.0.0.1');
    await once(wire.#server, 'listening');
    return wire;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  refuse(isRefusing: boolean): void {
    this.#isRefusing = isRefusing;
    this.refused = 0;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(near: Socket, target: number): void {
    if (this.#isRefusing) {
      this.refused += 1;
      near.destroy();
      return;
    }
    const far = connectTcp(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }
}
