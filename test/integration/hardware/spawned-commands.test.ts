import { execFile } from 'node:child_process';
import { systemClock } from '@homeroom/hardware/clock.ts';
import { SpawnedCommands } from '@homeroom/hardware/process/spawned-commands.ts';
import { expect, test } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';

const commands = new SpawnedCommands({ PATH: process.env.PATH }, systemClock);
const timeoutMs = 10_000;
const sh = (script: string, options: { timeoutMs: number; signal?: AbortSignal } = { timeoutMs }) =>
  commands.run('sh', ['-c', script], options);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('tells how a program ended and what it said', async () => {
  expect(await sh('echo out; echo err >&2; exit 3')).toEqual({
    kind: 'exited',
    exitCode: 3,
    stdout: 'out\n',
    stderr: 'err\n',
  });
});

test('a program that is not installed is an outcome', async () => {
  expect(await commands.run('no-such-program', [], { timeoutMs })).toMatchObject({ kind: 'not-started' });
  expect(await commands.has('no-such-program')).toBe(false);
  expect(await commands.has('sh')).toBe(true);
});

test('a program past its deadline is ended, though a child of it keeps its pipes open', async () => {
  const outcome = await sh('echo $$; sleep 60 & sleep 60', { timeoutMs: 3_000 });
  expect(outcome).toMatchObject({ kind: 'killed', why: 'deadline' });
  if (outcome.kind === 'killed') expect(isAlive(Number(outcome.stdout))).toBe(false);
});

test('a program that talks without end is ended', async () => {
  expect(await sh('yes')).toMatchObject({ kind: 'killed', why: 'too-much-output' });
});

test('an abort ends the program before it is told', async () => {
  const abort = new AbortController();
  const marker = `homeroom-abort-${process.pid}`;
  const running = commands.run('sh', ['-c', `: ${marker}; sleep 60`], { timeoutMs, signal: abort.signal });
  await waitFor('the program', () => isRunning(marker));
  abort.abort(new Error('no longer wanted'));
  await expect(running).rejects.toThrow('no longer wanted');
  await waitFor('its end', async () => !(await isRunning(marker)));
  await expect(sh('true', { timeoutMs, signal: abort.signal })).rejects.toThrow('no longer wanted');
});

test('programs speak untranslated, and see nothing of this process’s environment', async () => {
  expect(await sh('echo $LC_ALL $VITEST')).toMatchObject({ stdout: 'C\n' });
});

test('a held program is heard line by line, and gone after the stop', async () => {
  const lines: string[] = [];
  const held = commands.hold('sh', ['-c', 'echo $$; echo ready; exec sleep 60'], {
    onLine: (line) => lines.push(line),
  });
  await waitFor('its lines', () => lines.length === 2);
  expect(lines[1]).toBe('ready');
  await held.stop();
  await held.stop();
  expect(isAlive(Number(lines[0]))).toBe(false);
});

test('a held program that ends tells its last words', async () => {
  const held = commands.hold('sh', ['-c', 'echo sorry >&2; exit 1']);
  expect(await held.exited).toEqual({ reason: 'sorry' });
  const missing = commands.hold('no-such-program', []);
  expect((await missing.exited).reason).toContain('no-such-program');
});

test('a held program that will not go is killed', async () => {
  const lines: string[] = [];
  const held = commands.hold('sh', ['-c', "trap '' TERM; echo ready; while :; do sleep 0.1; done"], {
    onLine: (line) => lines.push(line),
  });
  await waitFor('it', () => lines.length === 1);
  await held.stop();
  await expect(held.exited).resolves.toMatchObject({ reason: expect.stringContaining('SIGKILL') });
});

async function isRunning(marker: string): Promise<boolean> {
  const list = await new Promise<string>((resolve) => {
    execFile('sh', ['-c', 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "'], (_error, stdout) =>
      resolve(stdout),
    );
  });
  return list.includes(marker);
}
