import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RfbClient } from '../../support/rfb-client.ts';
import { closeOf, startTestGateway, streamIn, until } from './support/test-gateway.ts';
import { startXvnc } from './support/xvnc.ts';

it('says stream_closed when the VNC server dies mid-stream', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  const webSocket = test.open();
  const closed = closeOf(webSocket);
  const viewer = await RfbClient.connect(streamIn(webSocket));
  await viewer.refresh();

  await xvnc.kill();

  expect(await closed).toEqual({ code: 4502, reason: 'stream_closed' });
  await until(() => test.backstage.counted.length === 2);
  expect(test.backstage.counted).toEqual(['opened', 'closed']);
});

it('says stream_unreachable when nothing listens, and when the secret is wrong', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { unix: '/nowhere.sock' }, secret: 'geheim12' };
  expect(await closeOf(test.open('ticket-1'))).toEqual({ code: 4502, reason: 'stream_unreachable' });

  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'falsch12' };
  expect(await closeOf(test.open('ticket-2'))).toEqual({ code: 4502, reason: 'stream_unreachable' });
  await until(() => test.backstage.counted.length === 4);
  expect(test.backstage.counted.sort()).toEqual(['closed', 'closed', 'opened', 'opened']);
});

it('says stream_unreachable when what answers is no VNC server', async () => {
  await using test = await startTestGateway();
  const dir = await mkdtemp(join(tmpdir(), 'homeroom-gateway-'));
  const path = join(dir, 'other.sock');
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(path);
  await once(server, 'listening');
  test.backstage.address = { kind: 'vnc', via: { unix: path }, secret: 'x' };
  expect(await closeOf(test.open())).toEqual({ code: 4502, reason: 'stream_unreachable' });
  server.close();
  await rm(dir, { recursive: true });
});

it('takes a ticket once', async () => {
  await using test = await startTestGateway();
  expect((await closeOf(test.open('ticket-1'))).reason).toBe('session_not_ready');
  expect(await closeOf(test.open('ticket-1'))).toEqual({ code: 4403, reason: 'ticket_invalid' });
});

it('ends at once when the session does, or when its holder may not see it any more', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  for (const [ticket, change, expected] of [
    [
      'ticket-1',
      () => {
        test.backstage.maySee = false;
      },
      { code: 4403, reason: 'not_allowed' },
    ],
    [
      'ticket-2',
      () => {
        test.backstage.state = 'ended';
      },
      { code: 4410, reason: 'session_ended' },
    ],
  ] as const) {
    const webSocket = test.open(ticket);
    const closed = closeOf(webSocket);
    await (await RfbClient.connect(streamIn(webSocket))).refresh();
    change();
    test.backstage.announce({ kind: 'session', id: test.backstage.session().id });
    expect(await closed).toEqual(expected);
  }
});

it('tells the end of a stream again while the database is away', async () => {
  await using test = await startTestGateway();
  test.backstage.closeFaults = 2;
  test.backstage.address = { kind: 'vnc', via: { unix: '/nowhere.sock' }, secret: 'x' };
  expect((await closeOf(test.open())).reason).toBe('stream_unreachable');
  await until(() => test.backstage.counted.length === 2);
  expect(test.backstage.counted).toEqual(['opened', 'closed']);
});

it('closes streams with controller_stopping when it stops', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  const webSocket = test.open();
  const closed = closeOf(webSocket);
  await (await RfbClient.connect(streamIn(webSocket))).refresh();
  await test.gateway.stop();
  expect(await closed).toEqual({ code: 4503, reason: 'controller_stopping' });
  expect(test.backstage.counted).toEqual(['opened', 'closed']);
});

it('refuses text', async () => {
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { tunnel: 'host-that-stays-silent' }, secret: 'x' };
  const webSocket = test.open();
  await once(webSocket, 'open');
  webSocket.send('hello');
  expect((await closeOf(webSocket)).code).toBe(1003);
});
