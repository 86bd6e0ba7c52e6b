import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { run } from '../../../setup/run.mjs';

const node = process.execPath;

it('gives code and output of a program, and appends the output to a log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const logFile = join(folder, 'logs/set-up.log');
  const script = 'console.log("out"); console.error("err"); process.exitCode = 3';
  const { code, output } = await run(node, ['-e', script], { logFile, timeoutMs: 20_000 });
  expect(code).toBe(3);
  expect(output.split('\n').sort()).toEqual(['', 'err', 'out']);
  expect(readFileSync(logFile, 'utf8')).toBe(output);
});

it('counts a program that is not there as code 127', async () => {
  expect((await run('/no/such/program', [], { timeoutMs: 30_000 })).code).toBe(127);
});

it('kills a program that does not end in time', async () => {
  const ended = await run(node, ['-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 300 });
  expect(ended.code).toBe(124);
});
