import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { answerWith, answerWithPath, KioskStage } from './stage.ts';

let stage: KioskStage;
beforeEach(async () => {
  stage = await KioskStage.open();
  await stage.kiosk.start();
});
afterEach(() => stage.end());

it('shows a page of its own while the controller is away, and the wanted one when it is back', async () => {
  await stage.stopController();
  await stage.kiosk.show(`${stage.origin}/kiosk/pi-1`);
  expect(stage.kiosk.status).toMatchObject({
    state: 'failed',
    url: `${stage.origin}/kiosk/pi-1`,
    error: { code: 'kiosk_load_failed', message: expect.stringContaining('ECONNREFUSED') },
  });
  await stage.startController();
  await stage.waitForState('showing');
  expect(stage.visits).toEqual([{ path: '/kiosk/pi-1', cookie: undefined }]);
});

it('takes a server error for a page that did not load', async () => {
  stage.answer = (_, response) => answerWith(response, 'database away', 503);
  await stage.kiosk.show(`${stage.origin}/kiosk/pi-1`);
  expect(stage.kiosk.status).toMatchObject({ state: 'failed', error: { message: 'HTTP 503' } });
  stage.answer = answerWithPath;
  await stage.waitForState('showing');
});

it('comes back from a page that went astray by itself', async () => {
  stage.answer = (request, response) => {
    if (request.url === '/kiosk/pi-1?again') response.destroy();
    else if (stage.visits.length > 2) answerWith(response, 'well');
    else answerWith(response, `<script>location.href = '/kiosk/pi-1?again'</script>`);
  };
  await stage.kiosk.show(`${stage.origin}/kiosk/pi-1`);
  await waitFor(
    'the page is asked for again',
    () => stage.visits.filter(({ path }) => path === '/kiosk/pi-1').length === 2,
  );
});
