/** What bash really offers, by the script that `homeroom completion bash` prints. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { homeroom } from './support/homeroom.ts';

let dir: string;
let script: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'homeroom-completion-'));
  script = join(dir, 'homeroom.bash');
  await writeFile(script, (await homeroom(['completion', 'bash'], {})).stdout);
});
afterAll(() => rm(dir, { recursive: true }));

/** @param words of the command line; the last is the one that is completed */
function offered(...words: string[]): string[] {
  const ask = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _homeroom; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const text = execFileSync('bash', ['--norc', '-c', ask, 'bash', script, ...words], { encoding: 'utf8' });
  return text.split('\n').filter((word) => word !== '');
}

it('offers commands, what follows them, options and the values that there are', () => {
  expect(offered('homeroom', 'de')).toEqual(['devices']);
  expect(offered('homeroom', 'pools', '')).toEqual(['list', 'set']);
  expect(offered('homeroom', 'devices', 'list', '--')).toEqual(['--room', '--json', '--server']);
  expect(offered('homeroom', 'users', 'add', 'anna', '--role', 't')).toEqual(['teacher']);
  expect(offered('homeroom', 'backup', '--enc')).toEqual(['--encrypt']);
});

it.runIf(spawnSync('zsh', ['--version']).status === 0)('is read by zsh', async () => {
  await writeFile(join(dir, '_homeroom'), (await homeroom(['completion', 'zsh'], {})).stdout);
  expect(spawnSync('zsh', ['-n', join(dir, '_homeroom')], { encoding: 'utf8' }).stderr).toBe('');
});

it.runIf(spawnSync('fish', ['--version']).status === 0)('makes fish offer the same', async () => {
  const path = join(dir, 'homeroom.fish');
  await writeFile(path, (await homeroom(['completion', 'fish'], {})).stdout);
  const ask = `source ${path}; complete -C 'homeroom pools '`;
  const { stdout } = spawnSync('fish', ['--no-config', '-c', ask], {
    encoding: 'utf8',
    env: { ...process.env, HOME: dir },
  });
  expect(stdout.split('\n').map((line) => line.split('\t')[0])).toEqual(['list', 'set', '']);
});

it('says which shells it knows', async () => {
  const { code, stderr } = await homeroom(['completion', 'tcsh'], {});
  expect(code).toBe(2);
  expect(stderr).toContain('bash, zsh or fish');
});
