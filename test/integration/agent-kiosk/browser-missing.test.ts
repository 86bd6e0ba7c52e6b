import { afterEach, expect, it } from 'vitest';
import { KioskStage } from './stage.ts';

let stage: KioskStage | undefined;
afterEach(() => stage?.end());

it('tells that there is no browser, and everything else goes on', async () => {
  stage = await KioskStage.open({ programFolders: ['/nowhere'] });
  await stage.kiosk.start();
  await stage.kiosk.show(`${stage.origin}/kiosk/pi-1`);
  expect(stage.kiosk.status).toMatchObject({ state: 'failed', error: { code: 'kiosk_browser_missing' } });
  await expect(stage.kiosk.identify(1, 'Seat 1')).rejects.toMatchObject({ code: 'kiosk_load_failed' });
  await expect(stage.kiosk.screenshot(480)).rejects.toMatchObject({ code: 'kiosk_load_failed' });
});
