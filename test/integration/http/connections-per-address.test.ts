import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { PortListener, type PortListenerOptions } from '@homeroom/controller/http/port-listener.ts';
import { expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';

/** What two connections that are held open leave to a third. */
async function answerToThird(options: Partial<PortListenerOptions>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'homeroom-http-'));
  const certificate = await loadOrCreateCertificates(dir);
  const listener = new PortListener(
    { host: '127.0.0.1', port: 0, certificate, maxConnectionsPerAddress: 2, ...options },
    (_request, response) => response.end('served'),
  );
  await listener.start();
  const held = [await open(listener.port), await open(listener.port)];
  const answer = await ask(await open(listener.port));
  for (const socket of held) socket.destroy();
  // Whoever leaves makes room again.
  await waitFor('room again', async () => (await ask(await open(listener.port))).includes('served'));
  listener.destroyAll();
  await listener.drain();
  await rm(dir, { recursive: true });
  return answer;
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  // A refused one may be cut off with a reset.
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

async function ask(socket: Socket): Promise<string> {
  let heard = '';
  socket.on('data', (bytes) => {
    heard += bytes.toString();
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  if (!socket.destroyed) socket.end('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  if (!socket.closed) await closed;
  return heard;
}

it('lets no address hold more connections than its share', async () => {
  expect(await answerToThird({})).toBe('');
});

it('holds a trusted proxy to no share, as it speaks for many', async () => {
  expect(await answerToThird({ trustedProxies: ['127.0.0.1'] })).toContain('served');
});
