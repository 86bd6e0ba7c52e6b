import { expect, it } from 'vitest';
import { RfbClient } from '../../support/rfb-client.ts';
import { closeOf, startTestGateway, streamIn, type TestGateway } from './support/test-gateway.ts';
import { startXvnc } from './support/xvnc.ts';

async function openStream(test: TestGateway, ticket: string) {
  const webSocket = test.open(ticket);
  const closed = closeOf(webSocket);
  const viewer = await RfbClient.connect(streamIn(webSocket));
  await viewer.refresh();
  return { viewer, closed };
}

it('ends the streams of a sign-in that has ended, and says so to the page', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  const { viewer, closed } = await openStream(test, 'ticket-1');

  test.backstage.announce({ kind: 'user', id: 'user-1' });
  await viewer.refresh();

  test.backstage.isSignedIn = false;
  test.backstage.announce({ kind: 'user', id: 'somebody-else' });
  await viewer.refresh();
  test.backstage.announce({ kind: 'user', id: 'user-1' });
  expect(await closed).toEqual({ code: 4401, reason: 'sign_in_required' });
});

it('leaves the stream of a kiosk to its seat', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  test.backstage.holder = { deviceId: 'seat-1', userId: 'user-1', signInHash: 'hash-1' };
  const { viewer, closed } = await openStream(test, 'ticket-1');

  test.backstage.isSignedIn = false;
  test.backstage.announce({ kind: 'user', id: 'user-1' });
  await viewer.refresh();
  test.backstage.maySee = false;
  test.backstage.announce({ kind: 'device', id: 'seat-1' });
  expect(await closed).toEqual({ code: 4409, reason: 'session_moved' });
});
