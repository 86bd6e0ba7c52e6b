import { afterEach, expect, it } from 'vitest';
import { HostStage, processesOf } from './stage.ts';

let stage: HostStage | undefined;
afterEach(() => stage?.end());

const desktop = '7d444840-9dc0-11d1-b245-5ffdce74fad2';

it('tells what is missing when there is no X server', async () => {
  stage = await HostStage.open({ programFolders: ['/nowhere'] });
  expect(stage.host.report.faults).toEqual([
    {
      code: 'xserver_missing',
      message: expect.stringContaining('apt-get install tigervnc-standalone-server openbox'),
    },
  ]);
  await expect(stage.startDesktop({ desktop })).rejects.toMatchObject({ code: 'xserver_missing' });
  expect(await stage.host.list()).toEqual([]);
});

it('passes on the last words of an X server that does not start, and can try again', async () => {
  stage = await HostStage.open();
  await expect(stage.startDesktop({ desktop, width: 9_999_999 })).rejects.toMatchObject({
    code: 'xserver_failed',
    detail: expect.stringMatching(/add screen/),
  });
  expect(await processesOf(desktop)).toEqual([]);
  expect(await stage.startDesktop({ desktop })).toMatchObject({ state: 'running' });
});

it('knows nothing of a desktop that it never started', async () => {
  stage = await HostStage.open();
  expect(await stage.host.poll(desktop)).toMatchObject({ state: 'ended', error: { code: 'desktop_lost' } });
  await expect(stage.host.connect(desktop)).rejects.toMatchObject({ code: 'desktop_lost' });
});

it('keeps its sockets to itself when streams go by tunnel', async () => {
  stage = await HostStage.open({ streams: 'tunnel' });
  expect(await stage.startDesktop({ desktop })).toEqual({ desktop, state: 'running', socket: null });
  (await stage.view(desktop)).close();
});
