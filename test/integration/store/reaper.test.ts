import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { isAlive } from '@homeroom/controller/store/embedded/postmaster-pid.ts';
import { expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';

const support = new URL('../../support/postgres.ts', import.meta.url).href;
const script = `
const { server } = await (await import(${JSON.stringify(support)})).startTestServer(null);
console.log(JSON.stringify({ pid: server.pid, url: server.url }));
setInterval(() => undefined, 60_000);
`;

it('leaves no database server and no folder behind when a test run is killed', async () => {
  const run = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { pid, url } = await firstLine(run);
  const folder = dirname(new URL(url.replace('@/', '@none/')).searchParams.get('host') ?? '');
  expect(folder).toContain('homeroom-test-');
  expect([isAlive(pid), existsSync(folder)]).toEqual([true, true]);

  run.kill('SIGKILL');
  await waitFor('server and folder are gone', () => !isAlive(pid) && !existsSync(folder));
});

async function firstLine({ stdout }: ChildProcess): Promise<{ pid: number; url: string }> {
  if (!stdout) throw new Error('the run has no output');
  const [line] = await once(createInterface(stdout), 'line', { signal: AbortSignal.timeout(60_000) });
  return JSON.parse(String(line));
}
