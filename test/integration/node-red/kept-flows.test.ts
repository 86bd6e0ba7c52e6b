/** What people made in the editor outlasts restarts and upgrades; their secrets are sealed. */
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { echoFlow, NodeRedHomeroom } from './support/node-red-homeroom.ts';
import { nodeRedProcesses } from './support/process-of.ts';

let homeroom: NodeRedHomeroom;

beforeEach(async () => {
  homeroom = await NodeRedHomeroom.make();
});

afterEach(async () => {
  await homeroom[Symbol.asyncDispose]();
});

it('keeps flows and credentials over a crash, an end and an upgrade of ours', async () => {
  await homeroom.start();
  const connection = {
    id: 'far',
    type: 'homeroom-server',
    name: 'far',
    url: 'https://far.example',
    credentials: { token: 'hr_secret' },
  };
  await homeroom.deploy([...echoFlow('/echo'), connection]);
  await homeroom.kill();
  const sealed = await homeroom.readOwn('user/flows_cred.json');
  expect(sealed).not.toContain('hr_secret');
  // As if an earlier version had shipped another dashboard.
  const shipped = JSON.parse(await homeroom.readOwn('shipped-flows.json'));
  const flows = await homeroom.readOwn('user/flows.json');
  const earlier = join(homeroom.nodeRedDir, 'shipped-flows.json');
  await writeFile(
    earlier,
    JSON.stringify({ ...shipped, 'hr-theme': 'what it was', gone: 'a tab that was removed' }),
  );
  await homeroom.start();
  expect((await homeroom.ask('student', '/flows-http/echo')).status).toBe(200);
  expect(await homeroom.readOwn('user/flows_cred.json')).toBe(sealed);
  expect(JSON.parse(await homeroom.readOwn('user/flows.json'))).toEqual(JSON.parse(flows));
});

it('takes our flows back in where somebody removed the whole file, and leaves a torn one alone', async () => {
  await homeroom.start();
  await homeroom.stop();
  for (const file of ['user/flows.json', 'shipped-flows.json']) await rm(join(homeroom.nodeRedDir, file));
  await homeroom.start();
  expect((await homeroom.ask('teacher', '/dashboard/_setup')).status).toBe(200);
  await homeroom.stop();
  const torn = '[{"id":"mine","type":"ta';
  await writeFile(join(homeroom.nodeRedDir, 'user/flows.json'), torn);
  await homeroom.start();
  expect(await homeroom.readOwn('user/flows.json')).toBe(torn);
});

it('keeps secrets to the owner, and the key apart from what it opens', async () => {
  await homeroom.start();
  const modes = await Promise.all(
    ['.', 'credential-key', 'door-secret', 'api-token', 'socket'].map(async (path) => {
      const { mode } = await stat(join(homeroom.nodeRedDir, path));
      return [path, (mode & 0o777).toString(8)];
    }),
  );
  expect(modes).toEqual([
    ['.', '700'],
    ['credential-key', '600'],
    ['door-secret', '600'],
    ['api-token', '600'],
    ['socket', '600'],
  ]);
});

it('is not there when it is off', async () => {
  await homeroom.start({ HOMEROOM_NODE_RED: 'off' });
  expect((await homeroom.health()).nodeRed).toBeUndefined();
  expect((await homeroom.ask('admin', '/flows-http/x', { method: 'POST' })).status).toBe(404);
  expect(await homeroom.open('admin', '/red/comms')).toBe(404);
  expect(nodeRedProcesses(homeroom.nodeRedDir)).toEqual([]);
});
