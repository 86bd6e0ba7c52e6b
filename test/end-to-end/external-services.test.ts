/** Everything on a database and a broker of one's own: Debian's PostgreSQL and mosquitto. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { streamIn } from '../integration/gateway/support/test-gateway.ts';
import { type BareMosquitto, startBareMosquitto } from '../integration/mqtt/support/mosquitto.ts';
import {
  type DebianPostgres,
  findDebianPostgres,
  noDebianPostgres,
  startDebianPostgres,
} from '../support/debian-postgres.ts';
import { RfbClient } from '../support/rfb-client.ts';
import { waitFor } from '../support/wait-for.ts';
import { Installation } from './support/installation.ts';

const programs = findDebianPostgres();
let brokerDir: string | undefined;
let homeroom: Installation;
let postgres: DebianPostgres | undefined;
let mosquitto: BareMosquitto | undefined;

beforeAll(async () => {
  if (!programs) return;
  brokerDir = await mkdtemp(join(tmpdir(), 'homeroom-broker-'));
  mosquitto = await startBareMosquitto(brokerDir);
  const options = ['--no-kiosk', '--mqtt-tls-port', String(mosquitto.tlsPort)];
  homeroom = await Installation.prepare({ seats: 3, options });
  // The broker has a certificate of the controller's CA, as docs/external-broker.md says.
  for (const name of ['ca.pem', 'ca-key.pem', 'server.pem', 'server-key.pem'])
    await cp(join(brokerDir, name), join(homeroom.dataDir, 'controller/tls', name));
  postgres = await startDebianPostgres(programs);
  const { username, password } = mosquitto.admin;
  const login = `${username}:${encodeURIComponent(password)}`;
  homeroom.launch({
    HOMEROOM_DATABASE_URL: await postgres.createDatabase('homeroom'),
    HOMEROOM_MQTT_URL: `mqtts://${login}@127.0.0.1:${mosquitto.tlsPort}`,
  });
  await homeroom.untilTold(/onnected.*\n/);
});
afterAll(async () => {
  await homeroom?.remove();
  await mosquitto?.stop();
  if (brokerDir) await rm(brokerDir, { recursive: true });
  await postgres?.[Symbol.asyncDispose]();
});
beforeEach((context) => context.skip(programs === undefined, noDebianPostgres));

it('connects the host and three seats by the external broker', async () => {
  expect(homeroom.told).toContain('Connected: host, seat-1, seat-2, seat-3');
  expect((await homeroom.processes()).map(({ command }) => command).join('\n')).not.toContain('postgres');
  const api = await homeroom.asAdmin();
  expect(await api.ask('GET', '/status')).toMatchObject({
    mqttUrl: `mqtts://127.0.0.1:${mosquitto?.tlsPort}`,
    checks: [
      { name: 'database', ok: true },
      { name: 'broker', ok: true },
    ],
  });
});

it('puts a desktop that paints on one of the seats', async () => {
  const api = await homeroom.asAdmin();
  const [device] = (await api.ask('GET', '/devices')).items.filter(
    ({ id }: { id: string }) => id === 'seat-2',
  );
  const session = await waitFor('a desktop stands ready', async () => {
    const started = await api.ask('POST', '/sessions', { template: 'terminal', seat: device.seat });
    return started.desktop === null ? undefined : started;
  });
  expect(session).toMatchObject({ seat: device.seat });
  await waitFor('the seat is told to show it', async () => {
    const { desired } = await api.ask('GET', '/devices/seat-2');
    return desired.url === `/desktop/${session.id}`;
  });

  const { url } = await api.ask('POST', `/sessions/${session.id}/tickets`);
  const token = await homeroom.adminToken();
  const webSocket = new WebSocket(`${homeroom.origin.replace('http', 'ws')}${url}`, ['binary'], {
    headers: { authorization: `Bearer ${token}` },
  });
  const viewer = await RfbClient.connect(streamIn(webSocket));
  await viewer.refreshUntil((pixels) => pixels.some((byte, index) => index % 4 < 3 && byte > 0));
  viewer.close();
});

it('leaves nothing behind', async () => {
  expect(await homeroom.interrupt()).toBe(0);
  expect(await homeroom.processes()).toEqual([]);
});
