import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { createWebSocketStream, WebSocket } from 'ws';
import { RfbClient } from '../../support/rfb-client.ts';
import { startTestGateway, streamIn } from './support/test-gateway.ts';
import { startXvnc } from './support/xvnc.ts';

it('reaches a desktop on another machine by a tunnel that its host opens with a one-use ticket', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { tunnel: 'host-1' }, secret: 'geheim12' };
  const dial = (path: string, ticket: string) =>
    new WebSocket(`ws://127.0.0.1:${test.port}${path}`, { headers: { authorization: `Bearer ${ticket}` } });
  const asked = Promise.withResolvers<{ path: string; ticket: string }>();
  test.backstage.tunnelAsked = asked.resolve;

  const viewing = RfbClient.connect(streamIn(test.open()));
  const { path, ticket } = await asked.promise;

  const wrong = dial(path, 'wrong');
  const [refused] = await once(wrong, 'error');
  expect(String(refused)).toMatch(/403/);

  const tunnel = dial(path, ticket);
  await once(tunnel, 'open');
  const desktop = connect({ path: xvnc.socketPath });
  const inside = createWebSocketStream(tunnel).on('error', () => undefined);
  inside.pipe(desktop).pipe(inside);
  const viewer = await viewing;
  await viewer.refresh();
  expect([viewer.width, viewer.height]).toEqual([640, 480]);

  const again = dial(path, ticket);
  const [refusedAgain] = await once(again, 'error');
  expect(String(refusedAgain)).toMatch(/403/);
  viewer.close();
  desktop.destroy();
});
