/** The ways to the embedded broker: TLS with the pinned CA, a WebSocket, and tools that everybody has. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { HomeroomError, topics } from '@homeroom/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { TestClients } from './support/clients.ts';
import { type EmbeddedTestBroker, startEmbedded } from './support/embedded.ts';

const run = promisify(execFile);
const login = { clientId: 'pi-1', username: 'pi-1', password: 'password of pi-1' };
let broker: EmbeddedTestBroker;
let clients: TestClients;

beforeAll(async () => {
  broker = await startEmbedded();
  await broker.credentials.put('pi-1', login.password);
});
afterAll(() => broker.stop());
beforeEach(() => {
  clients = new TestClients(broker);
});
afterEach(() => clients.end());

describe('TLS', () => {
  it('sends the CA with its certificate, so that a new device can compare it with its token', async () => {
    const socket = connectTls({ port: broker.tlsPort, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const leaf = socket.getPeerCertificate(true);
    expect(leaf.issuerCertificate.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(
      broker.certificates.caSha256,
    );
    socket.destroy();
  });

  it('is trusted by whoever has the CA, under every name of this machine', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      const client = await clients.connect(
        { ...login, ca: broker.caPem },
        `mqtts://${host}:${broker.tlsPort}`,
      );
      await client.mqtt.endAsync();
    }
  });

  it('is not trusted by anybody else', async () => {
    await expect(clients.connect(login, `mqtts://127.0.0.1:${broker.tlsPort}`)).rejects.toThrow(
      /certificate/,
    );
  });

  it('outlives callers who speak no TLS', async () => {
    await expect(clients.connect(login, `mqtt://127.0.0.1:${broker.tlsPort}`)).rejects.toThrow();
    const client = await clients.connect(
      { ...login, ca: broker.caPem },
      `mqtts://127.0.0.1:${broker.tlsPort}`,
    );
    expect(client.mqtt.connected).toBe(true);
  });
});

describe('a WebSocket', () => {
  let http: Server;
  let url: string;
  beforeAll(async () => {
    http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    const sockets = new WebSocketServer({ server: http });
    sockets.on('connection', (socket, request) =>
      broker.broker.handleStream(createWebSocketStream(socket), {
        address: request.socket.remoteAddress ?? '',
      }),
    );
    const address = http.address();
    url = `ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/mqtt`;
  });
  afterAll(() => {
    http.closeAllConnections();
    http.close();
  });

  it('carries the same as TCP', async () => {
    const client = await clients.connect(login, url);
    await client.mqtt.subscribeAsync(topics.device('pi-1', 'desired'), { qos: 1 });
    await client.mqtt.publishAsync(topics.device('pi-1', 'state'), '{}', { qos: 1 });
    expect(client.mqtt.connected).toBe(true);
  });

  it('knows the same credentials', async () => {
    await expect(clients.connect({ ...login, password: 'wrong' }, url)).rejects.toThrow(/refused/i);
  });
});

describe('mosquitto’s own tools', () => {
  const common = ['-h', '127.0.0.1', '-i', 'tool', '-u', 'observer'];

  it('publish as a device and read as the observer', async () => {
    const port = String(broker.port);
    const { clientId, username, password } = login;
    const device = ['-h', '127.0.0.1', '-p', port, '-i', clientId, '-u', username, '-P', password];
    await run('mosquitto_pub', [
      ...device,
      '-q',
      '1',
      '-r',
      '-t',
      topics.device('pi-1', 'health'),
      '-m',
      '{"a":1}',
    ]);
    const observer = [...common, '-p', port, '-P', broker.observerPassword];
    const { stdout } = await run('mosquitto_sub', [
      ...observer,
      '-t',
      'homeroom/#',
      '-C',
      '1',
      '-W',
      '10',
      '-v',
    ]);
    expect(stdout).toBe('homeroom/v1/pi-1/health {"a":1}\n');
  });

  it('are told why they may not come in', async () => {
    const args = [
      ...common,
      '-p',
      String(broker.port),
      '-P',
      'wrong',
      '-t',
      'homeroom/#',
      '-C',
      '1',
      '-W',
      '5',
    ];
    await expect(run('mosquitto_sub', args)).rejects.toThrow(/bad user name or password/i);
  });
});

it('leaves localhost to nobody else in IPv6 either', async () => {
  const taker = createServer().listen(broker.port, '::1');
  const [fault] = await once(taker, 'error');
  // EADDRNOTAVAIL: there is no IPv6 here, so there is nothing to take.
  expect(['EADDRINUSE', 'EADDRNOTAVAIL']).toContain(fault.code);
});

it('says which port is taken and how to choose another', async () => {
  const { EmbeddedBroker } = await import('@homeroom/controller/mqtt/embedded-broker.ts');
  const { pino } = await import('pino');
  const second = new EmbeddedBroker({
    host: '127.0.0.1',
    port: broker.port,
    tlsPort: 0,
    certificates: broker.certificates,
    authenticator: { authenticate: async () => undefined },
    logger: pino({ level: 'silent' }),
  });
  const failed = second.start();
  await expect(failed).rejects.toThrow(HomeroomError);
  await expect(failed).rejects.toThrow(
    `port_in_use: MQTT port ${broker.port} is taken by another program: choose another with HOMEROOM_MQTT_PORT`,
  );
});
