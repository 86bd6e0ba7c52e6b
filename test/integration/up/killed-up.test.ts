import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { isAlive, startsOf, testUp } from './test-up.ts';

it('ends what a killed `up` left running before it starts anew on the same ports', async () => {
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

  const { up, told } = testUp({ dataDir, port });
  onTestFinished(() => up.stop());
  await up.start();
  expect(left.some(isAlive)).toBe(false);
  expect(told()).toContain('ending what an earlier start left running');
});
