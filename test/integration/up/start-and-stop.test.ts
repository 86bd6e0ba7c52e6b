import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { isAlive, startsOf, testUp, until } from './test-up.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'homeroom-up-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const agents = ['host', 'seat-1', 'seat-2'];
const pids = () => agents.flatMap((agent) => startsOf(dataDir, agent).flat());

it('starts the controller, the host and the seats, and leaves no process behind', async () => {
  const { up, told } = testUp({ dataDir, port: await freePort() });
  await up.start();
  expect(told()).toMatch(/controller … \d+\.\d s\n/);
  expect(told()).toContain('admin  first-password');
  expect(told()).toContain('Connected: host, seat-1, seat-2');
  // The stand-in of the controller says that they are connected before they are.
  await until(() => pids().length === 6, 'all three agents run');
  expect(pids().every(isAlive)).toBe(true);

  await up.stop();
  await until(() => !pids().some(isAlive), 'agents and their children are gone');
  expect(existsSync(join(dataDir, 'processes.json'))).toBe(false);
  expect(readFileSync(join(dataDir, 'logs/seat-1.log'), 'utf8')).toContain('agent works');
});

it('finds its state again: no new passwords, the same join token, readable by its owner alone', async () => {
  const first = testUp({ dataDir, port: await freePort() });
  await first.up.start();
  await first.up.stop();
  const second = testUp({ dataDir, port: await freePort() });
  await second.up.start();
  await second.up.stop();

  expect(second.told()).not.toContain('first-password');
  const tokenOf = (text: string) => /homeroom1\.\S+/.exec(text)?.[0];
  expect(tokenOf(second.told())).toBe(tokenOf(first.told()));
  expect(tokenOf(first.told())).toBe(readFileSync(join(dataDir, 'join-token'), 'utf8').trim());
  expect(statSync(join(dataDir, 'join-token')).mode & 0o777).toBe(0o600);
});

it('ends everything at once when it is told twice', async () => {
  const { up } = testUp({ dataDir, port: await freePort() });
  await up.start();
  await until(() => pids().length === 6, 'all three agents run');
  up.kill();
  await until(() => !pids().some(isAlive), 'agents and their children are gone');
});
