import { readCommandLine } from '@homeroom/agent/process-table.ts';
import { afterAll, beforeAll, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { HostStage, processesOf } from './stage.ts';

let stage: HostStage;
beforeAll(async () => {
  stage = await HostStage.open();
});
afterAll(() => stage.end());

it('paints wallpaper and panel, and opens a terminal from its icon', async () => {
  const { desktop } = await stage.startDesktop({ application: null, width: 1280, height: 800 });
  const viewer = await stage.view(desktop);
  await viewer.refreshUntil(
    () => viewer.colourAt(700, 300) === '#1f3a4d' && viewer.colourAt(700, 780) === '#12232e',
  );
  const names = async () =>
    (await Promise.all((await processesOf(desktop)).map(readCommandLine))).map(([program]) => program);
  await waitFor('all of its programs', async () => {
    const running = await names();
    return ['openbox', 'tint2', 'pcmanfm'].every((name) => running.includes(name));
  });

  // The second of three icons; a double click, as on any desktop. Icons come a moment after the wallpaper.
  await viewer.refreshUntil(() => viewer.colourAt(60, 136) !== '#1f3a4d');
  await waitFor('a terminal', async () => {
    viewer.click(60, 136);
    viewer.click(60, 136);
    await viewer.refresh();
    return (await names()).some((name) => name === 'xterm' || name === 'lxterminal');
  });
  viewer.close();
});
