import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { KioskStage } from './stage.ts';

let stage: KioskStage;
beforeAll(async () => {
  stage = await KioskStage.open({
    kioskCookie: async () => ({
      name: 'homeroom_kiosk',
      value: 'seat-1',
      expiresAt: new Date(Date.now() + 3_600_000),
    }),
  });
  await stage.kiosk.start();
});
afterAll(() => stage.end());

it('begins with a page of its own', () => {
  expect(stage.kiosk.status).toMatchObject({ state: 'local', url: null });
});

it('goes from page to page in one and the same browser, signed in as its seat', async () => {
  await stage.kiosk.show(`${stage.origin}/kiosk/pi-1`);
  const pid = await stage.browserPid();
  await stage.kiosk.show(`${stage.origin}/desktop/1`);
  expect(await stage.browserPid()).toBe(pid);
  expect(stage.visits).toEqual([
    { path: '/kiosk/pi-1', cookie: 'homeroom_kiosk=seat-1' },
    { path: '/desktop/1', cookie: 'homeroom_kiosk=seat-1' },
  ]);
  expect(stage.kiosk.status).toEqual({
    state: 'showing',
    url: `${stage.origin}/desktop/1`,
    loadedAt: expect.any(String),
  });
});

it('does not load a page again that it shows already', async () => {
  await stage.kiosk.show(`${stage.origin}/twice`);
  await stage.kiosk.show(`${stage.origin}/twice`);
  expect(stage.visits.filter(({ path }) => path === '/twice')).toHaveLength(1);
});

it('does not load a page again that went there by itself', async () => {
  const before = stage.answer;
  stage.answer = (request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(request.url === '/goes' ? '<script>location.replace("/gone")</script>' : 'here');
  };
  await stage.kiosk.show(`${stage.origin}/goes`);
  await waitFor('the page has gone', () => stage.kiosk.status.url === `${stage.origin}/gone`);
  await stage.kiosk.show(`${stage.origin}/gone`);
  expect(stage.visits.filter(({ path }) => path === '/gone')).toHaveLength(1);
  stage.answer = before;
});

it('shows what was wanted last when wishes come fast', async () => {
  await Promise.all(['/a', '/b', '/c'].map((path) => stage.kiosk.show(stage.origin + path)));
  expect(stage.kiosk.status).toMatchObject({ state: 'showing', url: `${stage.origin}/c` });
});

it('shows the same page after a restart of the browser', async () => {
  await stage.kiosk.show(`${stage.origin}/kept`);
  const pid = await stage.browserPid();
  await stage.kiosk.restart();
  expect(await stage.browserPid()).not.toBe(pid);
  expect(stage.visits.filter(({ path }) => path === '/kept')).toHaveLength(2);
  expect(stage.kiosk.status).toMatchObject({ state: 'showing', url: `${stage.origin}/kept` });
});
