import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { isAlive, startsOf, testUp, until } from './test-up.ts';

/** Start an `up` in a folder of its own and kill it. @returns what it left running */
async function killedUp() {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeroom-up-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const port = await freePort();
  const script = join(import.meta.dirname, 'fake-homeroom/up.ts');
  const killed = spawn(process.execPath, [script, dataDir, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(killed.stdout, 'data');
  const left = ['host', 'seat-1', 'seat-2'].flatMap((agent) => startsOf(dataDir, agent).flat());
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  expect(left.length).toBeGreaterThan(0);
  expect(left.every(isAlive)).toBe(true);
  return { dataDir, port, left };
}

/** @returns the pids of the stand-ins that were asked to end */
function endsOf(dataDir: string, agent: string): number[] {
  const file = join(dataDir, 'agents', agent, 'ends');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : [];
}

it('ends what a killed `up` left running before it starts anew on the same ports', async () => {
  const { dataDir, port, left } = await killedUp();
  const { up, told } = testUp({ dataDir, port });
  onTestFinished(() => up.stop());
  await up.start();
  await until(() => !left.some(isAlive), 'what was left has ended');
  expect(told()).toContain('ending what an earlier start left running');
});

it('asks no host agent to end that a killed `up` left: its desktops would end with it', async () => {
  const { dataDir, port } = await killedUp();
  const [[earlier] = []] = startsOf(dataDir, 'host');
  const { up, told } = testUp({ dataDir, port });
  onTestFinished(() => up.stop());
  await up.start();
  expect(told()).toContain('Desktops that still run are taken over');
  await until(() => startsOf(dataDir, 'host').length === 2, 'the next host agent runs');
  expect(endsOf(dataDir, 'host')).toEqual([]);
  expect(isAlive(earlier ?? 0)).toBe(false);
});

it('asks it to end where no other takes its desktops over', async () => {
  const { dataDir, port, left } = await killedUp();
  const [[earlier] = []] = startsOf(dataDir, 'host');
  const { up } = testUp({ dataDir, port, host: false });
  onTestFinished(() => up.stop());
  await up.start();
  expect(endsOf(dataDir, 'host')).toEqual([earlier]);
  await until(() => !left.some(isAlive), 'what was left has ended');
});

it('leaves nothing running of a start that fails', async () => {
  const { dataDir, left } = await killedUp();
  const taken = createServer();
  onTestFinished(() => void taken.close());
  await once(taken.listen(0, '127.0.0.1'), 'listening');
  const { up } = testUp({ dataDir, port: (taken.address() as AddressInfo).port });
  await expect(up.start()).rejects.toThrow(/port_in_use/);
  await up.stop();
  await until(() => !left.some(isAlive), 'what was left has ended');
});
