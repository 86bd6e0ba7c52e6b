/** Devices connect to the process with the broker; people ask about them at another one. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DividedController } from '../../support/divided-controller.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { claim } from '../fleet/support/enrol-device.ts';
import { FakeAgent } from '../fleet/support/fake-agent.ts';
import { Browser } from './support/browser.ts';
import type { ControllerProcess } from './support/controller-process.ts';

const timeoutMs = 120_000;

let server: TestServer;
let database: TestDatabase;
let controller: DividedController;
let keeper: ControllerProcess;
let admin: Browser;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.createDatabase({ maxConnections: 2 });
  controller = await DividedController.make(database);
  keeper = controller.start({ roles: 'mqtt' });
  const api = controller.start({ roles: 'api' });
  const [, { httpPort }] = await Promise.all([keeper.untilReady(), api.untilReady()]);
  admin = await Browser.signIn(`http://127.0.0.1:${httpPort}`, 'admin', 'first password');
});
afterAll(async () => {
  await controller?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

const untilReady = () =>
  waitFor('the API to have its broker', async () => (await fetch(`${admin.origin}/readyz`)).ok, 60_000);

/** Enrol a device by a token of the API's, and connect it to the broker. */
async function connect(handlers: Record<string, () => unknown> = {}): Promise<FakeAgent> {
  await untilReady();
  const id = `pi-${randomUUID().slice(0, 8)}`;
  const { token } = await admin.ask('POST', '/join-tokens', { uses: 1 });
  const reply = await claim(controller.mqttPort, id, { token });
  const password = reply.status === 'accepted' ? reply.password : '';
  return FakeAgent.connect({ id, password, port: controller.mqttPort, handlers });
}

const connectionOf = async (id: string) => (await admin.ask('GET', `/devices/${id}`)).connection;

it('knows at the one what a device says to the other, and sends it commands', {
  timeout: timeoutMs,
}, async () => {
  await using agent = await connect({ identify: () => ({}) });
  await waitFor('it to be here', async () => (await connectionOf(agent.id)) === 'ready');
  const answered = await waitFor('an answer', async () => {
    const response = await admin.send('POST', `/devices/${agent.id}/commands`, {
      name: 'identify',
      args: {},
    });
    return response.ok && JSON.parse(await response.text());
  });
  expect(answered).toEqual({ data: {} });
  await admin.ask('PATCH', `/devices/${agent.id}`, { lock: true });
  await waitFor('it to be told to lock', () => agent.desired?.lock);
  agent.kill();
  await waitFor('it to be lost', async () => (await connectionOf(agent.id)) === 'lost');
  const late = await admin.send('POST', `/devices/${agent.id}/commands`, { name: 'identify', args: {} });
  expect(JSON.parse(await late.text())).toMatchObject({ code: 'device_offline' });
});

it('cuts a device off when its credential is withdrawn at the other', { timeout: timeoutMs }, async () => {
  await using agent = await connect();
  const { closed } = agent;
  await admin.ask('PATCH', `/devices/${agent.id}`, { revoked: true });
  await closed;
});

it('lets a device in that an admin accepts at the other', { timeout: timeoutMs }, async () => {
  await untilReady();
  await admin.ask('PUT', '/enrolment', { policy: 'approve' });
  const id = `pi-${randomUUID().slice(0, 8)}`;
  const enrolled = claim(controller.mqttPort, id);
  const waiting = await waitFor('it to wait', async () => (await admin.ask('GET', '/enrolments')).items[0]);
  await admin.ask('POST', `/enrolments/${waiting.id}`, { accept: true });
  const reply = await enrolled;
  expect(reply.status).toBe('accepted');
  const password = reply.status === 'accepted' ? reply.password : '';
  await using agent = await FakeAgent.connect({ id, password, port: controller.mqttPort });
  await waitFor('it to be here', async () => (await connectionOf(agent.id)) === 'ready');
});

it('says that it has no broker while that process is away, and goes on when it is back', {
  timeout: timeoutMs,
}, async () => {
  await untilReady();
  await keeper.kill();
  await waitFor('the API to miss its broker', async () => {
    const response = await fetch(`${admin.origin}/readyz`);
    return response.status === 503 && (await response.text()).includes('broker');
  });
  keeper = controller.start({ roles: 'mqtt' });
  await keeper.untilReady();
  await untilReady();
  await using agent = await connect({ identify: () => ({}) });
  await waitFor('it to be here', async () => (await connectionOf(agent.id)) === 'ready');
});
