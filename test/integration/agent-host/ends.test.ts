import { access, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { HostStage, killXServer, processesOf } from './stage.ts';

let stage: HostStage;
beforeEach(async () => {
  stage = await HostStage.open({ capacity: 1 });
});
afterEach(() => stage.end());

it('ends every process of a desktop, also one that hides from its session', async () => {
  const { desktop, socket } = await stage.startDesktop({
    application: `sh -c "setsid sh -c 'trap \\"\\" TERM; while :; do sleep 1; done' & xterm"`,
  });
  await waitFor('the programs run', async () => (await processesOf(desktop)).length >= 6);
  await stage.host.stopDesktop(desktop);
  expect(await processesOf(desktop)).toEqual([]);
  expect(await stage.host.list()).toEqual([]);
  expect(await readdir(`${stage.dataDir}/desktops`)).toEqual([expect.stringMatching(/\.log$/)]);
  await expect(access(dirname(String(socket)))).rejects.toThrow('ENOENT');
});

it('may be told to stop a desktop that is not there', async () => {
  await expect(stage.host.stopDesktop('0f8fad5b-d9cb-469f-a165-70867728950e')).resolves.toBeUndefined();
});

it('sees at once that an X server dies, tells why, and clears up after it', async () => {
  const { desktop } = await stage.startDesktop();
  let changes = 0;
  stage.host.onChange(() => {
    changes += 1;
  });
  await killXServer(stage, desktop);
  await waitFor('the end is told', () => changes > 0);
  expect(stage.host.report.desktops).toEqual([
    expect.objectContaining({ state: 'ended', error: expect.objectContaining({ code: 'xserver_failed' }) }),
  ]);
  expect(await processesOf(desktop)).toEqual([]);
  await expect(stage.view(desktop)).rejects.toMatchObject({ code: 'desktop_lost' });
  expect(await stage.startDesktop({ desktop })).toMatchObject({ state: 'ended' });
});

it('gives no more places than it has, and a freed one again', async () => {
  const { desktop } = await stage.startDesktop();
  await expect(stage.startDesktop()).rejects.toMatchObject({ code: 'no_host' });
  await stage.host.stopDesktop(desktop);
  expect(await stage.startDesktop()).toMatchObject({ state: 'running' });
});
