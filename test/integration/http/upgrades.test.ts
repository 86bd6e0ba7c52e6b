import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ids } from './support/fake-services.ts';
import { asKiosk, asRole, startTestServer, type TestServer } from './support/test-server.ts';

const stream = `/desktop/${ids.ownSession}/stream`;

/** @returns the status of a refused upgrade, or how an accepted one was closed. */
async function dial(
  test: TestServer,
  path: string,
  headers: Record<string, string>,
): Promise<number | string> {
  const webSocket = new WebSocket(`ws://127.0.0.1:${test.server.port}${path}`, ['binary'], { headers });
  const refused = once(webSocket, 'unexpected-response').then(([request, response]) => {
    request.destroy();
    return Number(response.statusCode);
  });
  const closed = once(webSocket, 'close').then(([code, reason]) => `${code} ${reason}`);
  webSocket.on('error', () => undefined);
  return Promise.race([refused, closed]);
}

it('wants a sign-in and an own origin before it takes a stream', async () => {
  await using test = await startTestServer();
  const { cookie = '' } = asRole('student');
  expect(await dial(test, `${stream}?ticket=ticket`, {})).toBe(401);
  expect(await dial(test, `${stream}?ticket=ticket`, { cookie, origin: 'https://evil.example' })).toBe(403);
});

it('tells the page of a bad ticket, and why there is no stream, by the close code', async () => {
  await using test = await startTestServer();
  const { cookie = '' } = asRole('student');
  const headers = { cookie, origin: test.origin };
  expect(await dial(test, `${stream}?ticket=wrong`, headers)).toBe('4403 ticket_invalid');
  expect(await dial(test, stream, headers)).toBe('4403 ticket_invalid');
  expect(await dial(test, `${stream}?ticket=ticket`, headers)).toBe('4502 stream_unreachable');
  expect(await dial(test, `${stream}?ticket=ticket`, { cookie: asKiosk.cookie })).toBe(
    '4502 stream_unreachable',
  );
});

it.each(['/', '/mqtt', '/desktop/x/stream', '/api/v1/me'])('takes no WebSocket at %s', async (path) => {
  await using test = await startTestServer();
  expect(await dial(test, path, asRole('admin'))).toBe(404);
});

it('takes no tunnel that it does not expect', async () => {
  await using test = await startTestServer();
  const path = '/api/v1/tunnels/5f0c0000-0000-4000-8000-000000000001';
  expect(await dial(test, path, { authorization: 'Bearer x' })).toBe(403);
  expect(await dial(test, path, {})).toBe(403);
});
