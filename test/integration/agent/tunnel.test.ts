import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createTlsServer, type Server } from 'node:https';
import { type AddressInfo, connect, createServer, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credential } from '@homeroom/agent/enrol/credential-file.ts';
import { silentLog } from '@homeroom/agent/log.ts';
import { Tunnels } from '@homeroom/agent/tunnels.ts';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { waitFor } from './support/wait-for.ts';

const desktop = '6f1f3c0e-3a2b-4c55-9d1e-0a1b2c3d4e5f';
const path = '/api/v1/tunnels/tunnel-1';
let dir: string;
let controller: Server;
let screen: TcpServer;
let tunnels: Tunnels;
let arrived: Promise<WebSocket>;
let authorization: string | undefined;
let credential: Credential;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'homeroom-tunnel-'));
  const { certPem, keyPem, caPem } = await loadOrCreateCertificates(dir, { names: ['127.0.0.1'] });
  controller = createTlsServer({ cert: certPem, key: keyPem }).listen(0, '127.0.0.1');
  // A screen that says back what it hears.
  screen = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await Promise.all([once(controller, 'listening'), once(screen, 'listening')]);
  const { promise, resolve } = Promise.withResolvers<WebSocket>();
  arrived = promise;
  authorization = undefined;
  new WebSocketServer({ server: controller, path }).on('connection', (webSocket, request) => {
    authorization = request.headers.authorization;
    resolve(webSocket);
  });
  const httpPort = (controller.address() as AddressInfo).port;
  credential = {
    device: 'host-1',
    password: 'p'.repeat(24),
    caPem,
    host: '127.0.0.1',
    httpPort,
    mqttPort: 1,
    serial: '',
  };
  tunnels = new Tunnels({
    credential: () => credential,
    connectDesktop: async () => connect((screen.address() as AddressInfo).port, '127.0.0.1'),
    log: silentLog,
  });
});
afterEach(async () => {
  tunnels.stop();
  controller.closeAllConnections();
  controller.close();
  screen.close();
  await rm(dir, { recursive: true, force: true });
});

const open = (bent: object = {}) =>
  tunnels.open({ desktop, path, ticket: 'ticket-1', ...bent }, AbortSignal.timeout(30_000));

it('relays bytes both ways, untouched, with its ticket as bearer token', async () => {
  await open();
  const webSocket = await arrived;
  expect(authorization).toBe('Bearer ticket-1');
  const sent = Buffer.alloc(3_000_000, 'homeroom');
  const got: Buffer[] = [];
  webSocket.on('message', (data: Buffer) => got.push(data));
  for (let at = 0; at < sent.length; at += 500_000) webSocket.send(sent.subarray(at, at + 500_000));
  await waitFor('all of it', () => got.reduce((sum, part) => sum + part.length, 0) === sent.length);
  expect(Buffer.concat(got).equals(sent)).toBe(true);
});

it('closes the desktop’s end when the controller closes, and forgets the tunnel', async () => {
  await open();
  expect(tunnels.size).toBe(1);
  (await arrived).close();
  await waitFor('the end', () => tunnels.size === 0);
});

it('closes the controller’s end when the screen goes away', async () => {
  const sockets: { destroy(): void }[] = [];
  screen.on('connection', (socket) => sockets.push(socket));
  await open();
  const webSocket = await arrived;
  await waitFor('the screen', () => sockets.length === 1);
  const closed = once(webSocket, 'close');
  sockets[0]?.destroy();
  await closed;
  await waitFor('the end', () => tunnels.size === 0);
});

it('refuses a path that is no tunnel', async () => {
  await expect(open({ path: '/api/v1/devices' })).rejects.toMatchObject({ code: 'not_allowed' });
});

it('does not show its ticket to a server with another CA', async () => {
  const other = await loadOrCreateCertificates(join(dir, 'other'), { names: ['127.0.0.1'] });
  credential = { ...credential, caPem: other.caPem };
  await expect(open()).rejects.toMatchObject({ code: 'stream_unreachable' });
  expect(authorization).toBeUndefined();
});
