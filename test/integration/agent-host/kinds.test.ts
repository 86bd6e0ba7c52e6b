import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programFolders } from '@homeroom/agent/find-program.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HostStage, lastingProcessesOf } from './stage.ts';

let folder: string;
let stage: HostStage | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeroom-kinds-'));
  await chmod(folder, 0o711);
});
afterEach(async () => {
  await stage?.end();
  await rm(folder, { recursive: true, force: true });
});

it('reports our own desktop where nothing else is installed, and what is', async () => {
  await mkdir(join(folder, 'bin'));
  stage = await HostStage.open({ capacity: undefined, programFolders: [join(folder, 'bin')] });
  expect(stage.host.report).toMatchObject({ kinds: ['openbox'], capacity: 20 });
  await stage.end();
  await writeFile(join(folder, 'bin', 'startxfce4'), '#!/bin/sh\n', { mode: 0o755 });
  stage = await HostStage.open({ capacity: undefined, programFolders: [join(folder, 'bin')] });
  expect(stage.host.report).toMatchObject({ kinds: ['openbox', 'xfce'], capacity: 75 });
});

it('refuses a kind that is not installed', async () => {
  stage = await HostStage.open({ programFolders: [...programFolders] });
  await expect(stage.startDesktop({ kind: 'gnome' })).rejects.toThrow(/does not offer gnome/);
  expect(await stage.host.list()).toEqual([]);
});

it('starts a desktop for a template that asks for our own kind', async () => {
  stage = await HostStage.open();
  const { desktop, state } = await stage.startDesktop({ kind: 'openbox' });
  expect(state).toBe('running');
  expect(await lastingProcessesOf(desktop)).toHaveLength(2);
});
