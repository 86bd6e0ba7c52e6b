import { createHash, randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { startFakeVncServer } from './support/fake-vnc-server.ts';
import { startTestGateway } from './support/test-gateway.ts';

const totalBytes = 48 * 1024 * 1024;
/** Long enough for every buffer of the kernel to fill, so that the gateway has to wait. */
const pauseMs = 150;
const pauses = 4;

/** Send random pieces of random sizes, as fast as they are taken. @returns their hash */
async function pour(socket: Socket): Promise<string> {
  const hash = createHash('sha256');
  for (let left = totalBytes; left > 0; ) {
    const piece = randomBytes(Math.min(left, randomInt(1, 300_000)));
    hash.update(piece);
    left -= piece.length;
    if (!socket.write(piece)) await once(socket, 'drain');
  }
  return hash.digest('hex');
}

/** Answer the gateway's greeting, choosing no authentication. */
async function greet(webSocket: WebSocket): Promise<void> {
  await once(webSocket, 'message', { signal: AbortSignal.timeout(30_000) });
  webSocket.send(Buffer.from('RFB 003.008\n'));
  webSocket.send(Buffer.of(1));
}

/** Read everything after the handshake, with pauses, as a busy browser does. @returns its hash */
async function drink(webSocket: WebSocket): Promise<string> {
  const hash = createHash('sha256');
  let count = -(12 + 2 + 4);
  let nextPauseAt = 0;
  const done = Promise.withResolvers<void>();
  webSocket.on('message', async (data: Buffer) => {
    const skipped = Math.max(0, Math.min(data.length, -count));
    hash.update(data.subarray(skipped));
    count += data.length;
    if (count >= totalBytes) return done.resolve();
    if (count < nextPauseAt) return;
    nextPauseAt += totalBytes / pauses;
    webSocket.pause();
    await delay(pauseMs);
    webSocket.resume();
  });
  await greet(webSocket);
  webSocket.send(Buffer.of(1));
  await done.promise;
  return hash.digest('hex');
}

it.each([false, true])('passes megabytes untouched to a browser that pauses (TLS: %s)', async (isSecure) => {
  await using test = await startTestGateway({ isSecure });
  const poured = Promise.withResolvers<string>();
  await using server = await startFakeVncServer((socket) => poured.resolve(pour(socket)));
  test.backstage.address = { kind: 'vnc', via: { unix: server.socketPath }, secret: 'geheim12' };
  const webSocket = test.open();
  expect(await drink(webSocket)).toBe(await poured.promise);
  webSocket.close();
});

it('passes a large clipboard untouched to a desktop that is slow to take it', async () => {
  await using test = await startTestGateway();
  const taken = Promise.withResolvers<string>();
  const clipboard = randomBytes(900_000);
  await using server = await startFakeVncServer(async (socket) => {
    const hash = createHash('sha256');
    let count = 0;
    await delay(50);
    socket.on('data', (bytes) => {
      hash.update(bytes);
      count += bytes.length;
      if (count === 8 * clipboard.length) taken.resolve(hash.digest('hex'));
    });
    socket.resume();
  });
  test.backstage.address = { kind: 'vnc', via: { unix: server.socketPath }, secret: 'geheim12' };
  const webSocket = test.open();
  await greet(webSocket);
  webSocket.send(Buffer.of(1));
  const hash = createHash('sha256');
  for (let turn = 0; turn < 8; turn += 1) {
    webSocket.send(clipboard);
    hash.update(clipboard);
  }
  expect(await taken.promise).toBe(hash.digest('hex'));
  webSocket.close();
});
