import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { Browser } from './support/browser.ts';
import { ControllerFolder } from './support/controller-process.ts';

const root = resolve(import.meta.dirname, '../../..');

it('makes accounts at its first start, keeps everything, and ends cleanly', {
  timeout: 120_000,
}, async () => {
  await using folder = await ControllerFolder.make();
  const first = folder.start();
  const { httpPort, accounts } = await first.untilReady();
  expect(accounts.map(({ username }) => username).sort()).toEqual(['admin', 'student', 'teacher']);
  const admin = await Browser.signIn(`http://127.0.0.1:${httpPort}`, 'admin', 'first password');
  await admin.ask('POST', '/rooms', { name: 'Lab' });
  expect((await fetch(`${admin.origin}/readyz`)).status).toBe(200);
  const { mode } = await stat(join(folder.dataDir, 'controller/admin-token'));
  expect(mode & 0o777).toBe(0o600);
  expect(await first.stop()).toBe(0);
  expect(first.stderr).not.toContain('first password');

  const second = folder.start();
  const again = await second.untilReady();
  expect(again.accounts).toEqual([]);
  const back = await Browser.signIn(`http://127.0.0.1:${again.httpPort}`, 'admin', 'first password');
  const { items } = await back.ask('GET', '/rooms');
  expect(items.map(({ name }: { name: string }) => name)).toEqual(['Room 1', 'Lab']);
  expect(await second.stop()).toBe(0);
});

it('goes on after it was killed, with the database that it left running', { timeout: 120_000 }, async () => {
  await using folder = await ControllerFolder.make();
  const first = folder.start();
  await first.untilReady();
  const pid = await folder.databasePid();
  await first.kill();

  const second = folder.start();
  const { httpPort } = await second.untilReady();
  expect(await folder.databasePid()).toBe(pid);
  await Browser.signIn(`http://127.0.0.1:${httpPort}`, 'student', 'first password');
});

it('lets the homeroom command make, list and withdraw join tokens, and give a new password', {
  timeout: 120_000,
}, async () => {
  await using folder = await ControllerFolder.make();
  const { httpPort } = await folder.start().untilReady();
  const homeroom = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'controller/cli/homeroom.mjs'), ...args], {
      env: { PATH: process.env.PATH, HOMEROOM_DATA_DIR: folder.dataDir, HOMEROOM_PORT: String(httpPort) },
      encoding: 'utf8',
    });
  const made = homeroom('token', 'create', '--room', 'Room 1', '--uses', '3', '--expires', '24h', '--json');
  expect(made.stderr).toBe('');
  const token = JSON.parse(made.stdout);
  expect(token).toMatchObject({ usesLeft: 3, token: expect.stringMatching(/^homeroom1\.[0-9a-f]{64}\./) });
  expect(homeroom('token', 'list').stdout).toContain(token.id);
  expect(homeroom('token', 'withdraw', token.id).status).toBe(0);
  expect(homeroom('token', 'list').stdout).toContain('withdrawn');
  expect(homeroom('token', 'create', '--room', 'Attic')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('Room 1'),
  });
  expect(homeroom('token', 'create', '--uses', 'many').status).toBe(2);

  const changed = homeroom('password', 'teacher').stdout.trim();
  await Browser.signIn(`http://127.0.0.1:${httpPort}`, 'teacher', changed);
  expect(homeroom('password', 'nobody').status).toBe(1);
});

it('says which port is taken and how to choose another, and leaves nothing running', {
  timeout: 120_000,
}, async () => {
  await using folder = await ControllerFolder.make();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  for (const setting of ['HOMEROOM_PORT', 'HOMEROOM_MQTT_PORT', 'HOMEROOM_MQTT_TLS_PORT']) {
    const refused = folder.start({ [setting]: String(port) });
    expect(await refused.untilEnd()).toBe(1);
    expect(refused.stderr).toContain(`${port}`);
    expect(refused.stderr).toContain(setting);
    expect(refused.stderr).toContain('(port_in_use)');
    await expect(folder.databasePid()).rejects.toThrow(/ENOENT/);
  }
  other.close();
});

it('leaves a data folder to the controller that has it, database and all', { timeout: 120_000 }, async () => {
  await using folder = await ControllerFolder.make();
  const { httpPort } = await folder.start().untilReady();
  const pid = await folder.databasePid();
  const second = folder.start();
  expect(await second.untilEnd()).toBe(1);
  expect(second.stderr).toContain('(data_folder_in_use)');
  expect(await folder.databasePid()).toBe(pid);
  await Browser.signIn(`http://127.0.0.1:${httpPort}`, 'admin', 'first password');
});

it('says in words that its data folder is none', async () => {
  await using folder = await ControllerFolder.make();
  const file = join(folder.dataDir, 'file');
  await writeFile(file, '');
  const refused = folder.start({ HOMEROOM_DATA_DIR: file });
  expect(await refused.untilEnd()).toBe(78);
  expect(refused.stderr).toContain(`HOMEROOM_DATA_DIR (dataDir): ${file}`);
  expect(refused.stderr).toContain('(config_invalid)');
});

it('tells all faults of its configuration and starts nothing', async () => {
  await using folder = await ControllerFolder.make();
  const refused = folder.start({
    HOMEROOM_PORT: 'http',
    HOMEROOM_LOG_LEVEL: 'loud',
    HOMEROOM_DATABASE_URL: 'geheim',
  });
  expect(await refused.untilEnd()).toBe(78);
  for (const key of ['HOMEROOM_PORT', 'HOMEROOM_LOG_LEVEL', 'HOMEROOM_DATABASE_URL', '(config_invalid)']) {
    expect(refused.stderr).toContain(key);
  }
  expect(refused.stderr).not.toContain('geheim');
});
