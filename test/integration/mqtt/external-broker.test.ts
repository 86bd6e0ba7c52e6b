/** A whole fleet on a mosquitto that an admin has set up, over TLS under our own CA. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { claim, enrolDevice } from '../fleet/support/enrol-device.ts';
import { FakeAgent } from '../fleet/support/fake-agent.ts';
import { admin, startTestFleet, type TestFleet } from '../fleet/support/test-fleet.ts';
import { type BareMosquitto, startBareMosquitto } from './support/mosquitto.ts';

let dir: string;
let server: TestServer;
let database: TestDatabase;
let mosquitto: BareMosquitto;
let test: TestFleet;

const startFleet = () => {
  const { username, password } = mosquitto.admin;
  const url = `mqtts://${username}:${encodeURIComponent(password)}@127.0.0.1:${mosquitto.tlsPort}`;
  return startTestFleet(database, { dir, external: { url, ca: mosquitto.caPem, port: mosquitto.port } });
};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'homeroom-external-'));
  server = await startTestServer();
  database = await server.createDatabase();
  mosquitto = await startBareMosquitto(dir);
  test = await startFleet();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await mosquitto.stop();
  await database[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

it('enrols a device, hears it, tells it what is wanted and asks it', async () => {
  const password = await enrolDevice(test, 'pi-1');
  const handlers = { relay: (args: Record<string, unknown>) => args };
  await using agent = await FakeAgent.connect({ id: 'pi-1', password, port: mosquitto.port, handlers });
  await waitFor('it to be here', async () => (await test.fleet.devices.get('pi-1'))?.connection === 'ready');
  await waitFor('its document', () => agent.desired?.kiosk.url === '/kiosk/pi-1');
  expect(await test.messaging.commands.send('pi-1', 'relay', { channel: 1, on: true })).toEqual({
    channel: 1,
    on: true,
  });
});

it('takes no withdrawn token, and cuts a withdrawn device off', async () => {
  const { id, token = '' } = await test.fleet.joinTokens.create({}, admin);
  await test.fleet.joinTokens.withdraw(id, admin);
  await expect(claim(mosquitto.port, 'pi-2', { token })).rejects.toThrow(/not authorized/i);
  const password = await enrolDevice(test, 'pi-3');
  await using agent = await FakeAgent.connect({ id: 'pi-3', password, port: mosquitto.port });
  const { closed } = agent;
  await test.fleet.devices.patch('pi-3', { revoked: true }, admin);
  await closed;
  await expect(FakeAgent.connect({ id: 'pi-3', password, port: mosquitto.port })).rejects.toThrow(
    /not authorized/i,
  );
});

it('finds everything as it was when the controller is back, and cuts nobody off', async () => {
  const password = await enrolDevice(test, 'pi-4');
  await using agent = await FakeAgent.connect({ id: 'pi-4', password, port: mosquitto.port });
  let isClosed = false;
  void agent.closed.then(() => {
    isClosed = true;
  });
  await waitFor('its document', () => agent.desired);
  await test[Symbol.asyncDispose]();
  test = await startFleet();
  await agent.publish('relays', { channels: [] });
  await waitFor('its relays', async () => (await test.fleet.devices.get('pi-4'))?.relays ?? false);
  expect(isClosed).toBe(false);
});
