/** Node-RED started by hand with our settings, apart from the controller: people sign in with their Homeroom accounts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { freePort } from '../../support/free-port.ts';
import { waitFor } from '../../support/wait-for.ts';
import { ControllerFolder } from '../controller/support/controller-process.ts';

const root = resolve(import.meta.dirname, '../../..');
let folder: ControllerFolder;
let userDir: string;
let port: number;
let nodeRed: ChildProcess;

beforeAll(async () => {
  folder = await ControllerFolder.make();
  const { httpPort } = await folder.start().untilReady();
  userDir = await mkdtemp(join(tmpdir(), 'homeroom-node-red-'));
  await cp(join(root, 'flows/flows.json'), join(userDir, 'flows.json'));
  port = await freePort();
  const args = ['--settings', join(root, 'flows/settings.js'), '--userDir', userDir, '--port', String(port)];
  const { PATH = '' } = process.env;
  nodeRed = spawn(process.execPath, [join(root, 'node_modules/node-red/red.js'), ...args], {
    env: {
      PATH,
      HOME: userDir,
      HOMEROOM_URL: `https://127.0.0.1:${httpPort}`,
      HOMEROOM_CA_FILE: join(folder.dataDir, 'controller/tls/ca.pem'),
    },
    stdio: 'ignore',
  });
  await waitFor('the dashboard asks who it is', async () => (await ask('/dashboard/_setup')) === 401, 60_000);
});

afterAll(async () => {
  if (nodeRed.exitCode === null) {
    nodeRed.kill('SIGKILL');
    await once(nodeRed, 'exit');
  }
  await rm(userDir, { recursive: true, force: true });
  await folder[Symbol.asyncDispose]();
});

const basic = (text?: string): Record<string, string> =>
  text === undefined ? {} : { authorization: `Basic ${Buffer.from(text).toString('base64')}` };

async function ask(path: string, person?: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: basic(person) }).catch(
    () => undefined,
  );
  await answer?.text();
  return answer?.status ?? 0;
}

const people = [
  undefined,
  'student:wrong',
  'student:first password',
  'teacher:first password',
  'admin:first password',
];

it.each([
  ['the dashboard', '/dashboard/_setup', [401, 401, 403, 200, 200]],
  ['an HTTP-in node', '/energy', [401, 401, 200, 200, 200]],
  ['the flows, by a password at once', '/red/flows', [401, 401, 401, 401, 401]],
])('opens %s to whom it is for', async (_what, path, statuses) => {
  expect(await Promise.all(people.map((person) => ask(path, person)))).toEqual(statuses);
});

it('opens the dashboard’s socket to teachers and admins alone', async () => {
  const first = (person?: string) => {
    const { promise, resolve: tell } = Promise.withResolvers<string>();
    const url = `ws://127.0.0.1:${port}/dashboard/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { headers: basic(person) });
    socket.on('error', () => tell('refused'));
    // Engine.io opens for anybody; what matters is whether socket.io lets in ("40") or not ("44").
    socket.on('message', (data) =>
      String(data).startsWith('0') ? socket.send('40') : tell(String(data).slice(0, 2)),
    );
    return promise.finally(() => socket.terminate());
  };
  expect(await Promise.all(people.map(first))).toEqual(['44', '44', '44', '40', '40']);
});

it('lets admins alone into the editor', async () => {
  const enter = async (username: string) => {
    const body = {
      client_id: 'node-red-editor',
      grant_type: 'password',
      scope: '',
      username,
      password: 'first password',
    };
    const answer = await fetch(`http://127.0.0.1:${port}/red/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.ok;
  };
  expect([await enter('student'), await enter('teacher'), await enter('admin')]).toEqual([
    false,
    false,
    true,
  ]);
});
