/** Who gets what of Node-RED: requests and sockets, at every door. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { type EchoedHeaders, echoFlow, NodeRedHomeroom, type Who } from './support/node-red-homeroom.ts';

const everybody: readonly Who[] = ['anonymous', 'student', 'teacher', 'admin'];
let homeroom: NodeRedHomeroom;

beforeAll(async () => {
  homeroom = await NodeRedHomeroom.make();
  await homeroom.start();
  await homeroom.deploy(echoFlow('/echo'));
  await waitFor('the flow answers', async () => {
    return (await homeroom.ask('admin', '/flows-http/echo')).status === 200 ? true : undefined;
  });
});

afterAll(async () => {
  await homeroom[Symbol.asyncDispose]();
});

const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};
const socketIo = '/dashboard/socket.io/?EIO=4&transport=websocket';

it.each([
  ['an HTTP-in node', '/flows-http/echo', [401, 200, 200, 200]],
  ['the dashboard', '/dashboard/', [401, 403, 200, 200]],
  ['a page of it', '/dashboard/wall', [401, 403, 200, 200]],
  ['what a page loads', '/dashboard/logo.svg', [401, 403, 200, 200]],
  ['how it is set up', '/dashboard/_setup', [401, 403, 200, 200]],
  ['its stored messages', '/dashboard/_debug/datastore/x', [401, 403, 200, 200]],
  ['its socket by polling', '/dashboard/socket.io/?EIO=4&transport=polling', [401, 403, 200, 200]],
  ['the editor', '/red/', [401, 403, 403, 200]],
  ['the flows', '/red/flows', [401, 403, 403, 200]],
  ['the nodes of the palette', '/red/nodes', [401, 403, 403, 200]],
  ['the settings', '/red/settings', [401, 403, 403, 200]],
  ['a file of the editor', '/red/red/red.min.js', [401, 403, 403, 200]],
  ['the dashboard by the door of HTTP-in nodes', '/flows-http/dashboard/_setup', [401, 404, 404, 404]],
  ['the editor by the door of HTTP-in nodes', '/flows-http/red/flows', [401, 404, 404, 404]],
  ['the editor by the door of widgets', '/red/resources/..%2fflows', [404, 404, 404, 404]],
])('opens %s (%s) to whom it is for', async (_what, path, statuses) => {
  const given = await Promise.all(everybody.map(async (who) => (await homeroom.ask(who, path)).status));
  expect(given).toEqual(statuses);
});

it('lets nobody but admins deploy, and them from our own pages alone', async () => {
  const deploy = (who: Who, origin?: string) =>
    homeroom.ask(who, '/red/flows', {
      method: 'POST',
      body: [],
      headers: origin === undefined ? {} : { origin },
    });
  const statuses = [
    await deploy('anonymous'),
    await deploy('student'),
    await deploy('teacher'),
    await deploy('admin', 'https://evil.example'),
  ];
  expect(statuses.map(({ status }) => status)).toEqual([401, 403, 403, 403]);
  const fromNowhere = { method: 'POST', body: [], hasOrigin: false };
  expect((await homeroom.ask('admin', '/red/flows', fromNowhere)).status).toBe(403);
  expect((await homeroom.ask('admin', '/flows-http/echo')).status).toBe(200);
});

it('opens the dashboard’s socket to teachers and admins alone', async () => {
  const given = await Promise.all(everybody.map((who) => homeroom.open(who, socketIo)));
  expect(given.slice(0, 2)).toEqual([401, 403]);
  for (const first of given.slice(2)) expect(first).toMatch(/^0\{"sid":/);
});

it('opens the editor’s socket to admins alone', async () => {
  const given = await Promise.all(everybody.map((who) => homeroom.open(who, '/red/comms')));
  expect(given).toEqual([401, 403, 403, 'open']);
});

it('opens no socket to a page of somebody else', async () => {
  const origin = 'https://evil.example';
  expect(await homeroom.open('admin', '/red/comms', { origin })).toBe(403);
  expect(await homeroom.open('teacher', socketIo, { origin })).toBe(403);
});

it('tells flows who it is, believes no forged identity, and keeps cookies and tokens to itself', async () => {
  const forged = {
    'x-homeroom-role': 'admin',
    'x-homeroom-user': 'root',
    'x-homeroom-secret': 'guess',
    'X-Homeroom-Groups': 'all',
  };
  const { text } = await homeroom.ask('student', '/flows-http/echo', { headers: forged });
  const headers: EchoedHeaders = JSON.parse(text);
  expect(headers).toMatchObject({ 'x-homeroom-role': 'student', 'x-homeroom-username': 'student' });
  expect([headers.cookie, headers.authorization, headers['x-homeroom-groups']]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  for (const path of ['/red/flows', '/dashboard/_setup'])
    expect((await homeroom.ask('anonymous', path, { headers: forged })).status).toBe(401);
});

it('answers no other program of this machine, whoever it says it is', async () => {
  const admin = { 'x-homeroom-role': 'admin', 'x-homeroom-secret': 'guess' };
  const paths = ['/red/flows', '/dashboard/_setup', '/flows-http/echo', '/echo', '/dashboard/logo.svg'];
  for (const path of paths)
    expect([path, await homeroom.askSocket(path), await homeroom.askSocket(path, admin)]).toEqual([
      path,
      403,
      403,
    ]);
  for (const path of ['/red/comms', socketIo])
    expect([path, await homeroom.askSocket(path, { ...upgrade, ...admin })]).toEqual([path, 403]);
});

it('lets a program in by a token with the scope for it', async () => {
  const { text } = await homeroom.ask('admin', '/api/v1/me');
  const csrf: string = JSON.parse(text).csrfToken;
  const token = async (scopes: string[]) => {
    const made = await homeroom.ask('admin', '/api/v1/tokens', {
      method: 'POST',
      body: { note: scopes.join(), scopes },
      headers: { 'x-csrf-token': csrf },
    });
    return `Bearer ${JSON.parse(made.text).token}`;
  };
  const [flows, rooms] = [await token(['flows:write']), await token(['rooms:write'])];
  const ask = (authorization: string) =>
    homeroom.ask('anonymous', '/flows-http/echo', { headers: { authorization } });
  expect([(await ask(flows)).status, (await ask(rooms)).status, (await ask('Bearer hr_x')).status]).toEqual([
    200, 403, 401,
  ]);
});

it('sends a person without a sign-in there and back, and tells others in words', async () => {
  const html = { headers: { accept: 'text/html' } };
  const sent = await homeroom.ask('anonymous', '/dashboard/wall', html);
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/?next=%2Fdashboard%2Fwall']);
  const refused = await homeroom.ask('student', '/dashboard', html);
  expect([refused.status, refused.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
});

it('lets no other site frame its pages or see what they load', async () => {
  const { headers } = await homeroom.ask('teacher', '/dashboard/');
  expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
});

it('closes an open dashboard when its teacher’s account is disabled', async () => {
  const { text } = await homeroom.ask('admin', '/api/v1/me');
  const csrf: string = JSON.parse(text).csrfToken;
  const users: { items: { id: string; username: string }[] } = JSON.parse(
    (await homeroom.ask('admin', '/api/v1/users')).text,
  );
  const teacher = users.items.find(({ username }) => username === 'teacher')?.id;
  const closed = homeroom.untilClosed('teacher', socketIo);
  await closed.opened;
  await homeroom.ask('admin', `/api/v1/users/${teacher}`, {
    method: 'PATCH',
    body: { disabled: true },
    headers: { 'x-csrf-token': csrf },
  });
  await closed.ended;
});
