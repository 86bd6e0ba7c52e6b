import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { isAlive, startsOf, testUp, until } from './test-up.ts';

it('starts a child again that was killed, and says so', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeroom-up-'));
  const { up, told } = testUp({ dataDir, port: await freePort(), seats: 1 });
  onTestFinished(async () => {
    await up.stop();
    rmSync(dataDir, { recursive: true });
  });
  await up.start();
  await until(() => startsOf(dataDir, 'seat-1').length === 1, 'the seat runs');
  const [pid = 0, childPid = 0] = startsOf(dataDir, 'seat-1')[0] ?? [];

  process.kill(pid, 'SIGKILL');
  await until(() => startsOf(dataDir, 'seat-1').length === 2, 'it runs again');
  expect(told()).toContain('seat-1 ended (SIGKILL); it starts again in 0.5 s');
  const again = startsOf(dataDir, 'seat-1')[1]?.[0] ?? 0;
  expect(again).not.toBe(pid);
  expect(isAlive(again)).toBe(true);
  process.kill(childPid, 'SIGKILL');
});
