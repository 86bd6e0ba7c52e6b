import { once } from 'node:events';
import { expect, it } from 'vitest';
import { RfbClient } from '../../support/rfb-client.ts';
import { startTestGateway, streamIn, until } from './support/test-gateway.ts';
import { startXvnc } from './support/xvnc.ts';

it('shows a real X server to a browser that never learns its secret, and notes input', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };

  const viewer = await RfbClient.connect(streamIn(test.open()));
  await viewer.refresh();
  expect([viewer.width, viewer.height]).toEqual([640, 480]);
  expect(test.backstage.bytes).toBeGreaterThan(640 * 480 * 4);
  expect(test.backstage.counted).toEqual(['opened']);
  expect(test.backstage.inputs).toBe(0);

  viewer.key(65, true);
  await until(() => test.backstage.inputs === 1);

  viewer.close();
  await until(() => test.backstage.counted.length === 2);
  expect(test.backstage.counted).toEqual(['opened', 'closed']);
  expect(test.backstage.ended).toEqual([null]);
});

it('waits for a desktop that is on its way, and opens it when the session changes', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  test.backstage.state = 'starting';
  const viewing = RfbClient.connect(streamIn(test.open()));
  await until(() => test.backstage.addressesAsked > 0);
  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  test.backstage.announce({ kind: 'session', id: test.backstage.session().id });
  const viewer = await viewing;
  await viewer.refresh();
  expect(viewer.width).toBe(640);
  viewer.close();
});

it('stops waiting when the browser leaves', async () => {
  await using test = await startTestGateway();
  test.backstage.state = 'starting';
  const webSocket = test.open();
  await once(webSocket, 'open');
  await until(() => test.backstage.addressesAsked > 0);
  webSocket.close();
  await until(() => test.backstage.ended.length === 1);
  expect([test.backstage.ended, test.backstage.counted]).toEqual([[null], []]);
});

it('greets a browser while its desktop is on its way, and notices when it leaves then', async () => {
  await using test = await startTestGateway();
  test.backstage.state = 'starting';
  const webSocket = test.open();
  const received: number[] = [];
  webSocket.on('message', (data: Buffer) => received.push(...data));
  await until(() => received.length === 12);
  webSocket.send(Buffer.from('RFB 003.008\n'));
  await until(() => received.length === 14);
  webSocket.send(Buffer.of(1));
  await until(() => received.length === 18);
  webSocket.send(Buffer.of(1));
  expect(received.slice(12)).toEqual([1, 1, 0, 0, 0, 0]);

  webSocket.close();
  await until(() => test.backstage.ended.length === 1);
  expect(test.backstage.ended).toEqual([null]);
});
