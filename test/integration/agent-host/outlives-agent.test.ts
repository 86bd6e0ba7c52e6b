import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { HostStage, killXServer, lastingProcessesOf, processesOf } from './stage.ts';

let stage: HostStage;
beforeEach(async () => {
  stage = await HostStage.open();
});
afterEach(() => stage.end());

it('finds a desktop again after the agent’s restart, as it was', async () => {
  const { desktop } = await stage.startDesktop();
  const before = await lastingProcessesOf(desktop);
  await stage.host.stop();
  stage.host = stage.makeHost();
  await stage.host.start();
  expect(await stage.host.list()).toEqual([expect.objectContaining({ desktop, state: 'running' })]);
  expect(await lastingProcessesOf(desktop)).toEqual(before);
  (await stage.view(desktop)).close();
});

it('notices that an adopted desktop dies', async () => {
  const { desktop } = await stage.startDesktop();
  await stage.host.stop();
  stage.host = stage.makeHost();
  await stage.host.start();
  await killXServer(stage, desktop);
  await waitFor('the end is seen', () => stage.host.report.desktops[0]?.state === 'ended');
  expect(await processesOf(desktop)).toEqual([]);
});

it('tells of a desktop that died while there was no agent', async () => {
  const { desktop } = await stage.startDesktop();
  await stage.host.stop();
  await killXServer(stage, desktop);
  stage.host = stage.makeHost();
  await stage.host.start();
  expect(await stage.host.poll(desktop)).toMatchObject({
    state: 'ended',
    socket: null,
    error: { code: 'xserver_failed' },
  });
  expect(await processesOf(desktop)).toEqual([]);
});
