import { chmod, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeXSocketFolder } from '@homeroom/agent/host/x-socket-folder.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'homeroom-x-'));
});
afterEach(() => rm(dir, { recursive: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o7777;

it('makes a folder in which everybody may put sockets and nobody take others’ away', async () => {
  const folder = join(dir, 'sockets');
  await makeXSocketFolder(folder);
  expect(await modeOf(folder)).toBe(0o1777);
});

it('leaves a folder that is there as it is', async () => {
  const folder = join(dir, 'sockets');
  await mkdir(folder);
  await chmod(folder, 0o755);
  await makeXSocketFolder(folder);
  expect(await modeOf(folder)).toBe(0o755);
});

it('opens no other folder to everybody by a link that somebody laid', async () => {
  const closed = join(dir, 'private');
  await mkdir(closed, { mode: 0o700 });
  await symlink(closed, join(dir, 'sockets'));
  await expect(makeXSocketFolder(join(dir, 'sockets'))).rejects.toMatchObject({ code: 'xserver_failed' });
  expect(await modeOf(closed)).toBe(0o700);
});
