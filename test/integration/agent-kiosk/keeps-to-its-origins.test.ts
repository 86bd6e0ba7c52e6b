import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { answerWith, KioskStage } from './stage.ts';

let stage: KioskStage;
let elsewhere: Server;
let elsewhereUrl: string;
let strangers = 0;

beforeAll(async () => {
  elsewhere = createServer((_, response) => {
    strangers += 1;
    answerWith(response, 'elsewhere');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  stage = await KioskStage.open();
  await stage.kiosk.start();
});
afterAll(async () => {
  elsewhere.closeAllConnections();
  elsewhere.close();
  await stage.end();
});
beforeEach(() => {
  strangers = 0;
});

/** The page tries, then tells that it is still there. */
async function loadPageThat(does: string, path: string): Promise<void> {
  stage.answer = (request, response) =>
    answerWith(
      response,
      request.url === path
        ? `<script>try { ${does} } catch {} setTimeout(() => fetch('${path}/still-here'), 300)</script>`
        : '',
    );
  await stage.kiosk.show(stage.origin + path);
  await stage.waitForVisit(`${path}/still-here`);
}

it('refuses to be sent elsewhere, and leaves the screen as it is', async () => {
  await stage.kiosk.show(`${stage.origin}/here`);
  await expect(stage.kiosk.show(elsewhereUrl)).rejects.toMatchObject({ code: 'kiosk_url_not_allowed' });
  expect(stage.kiosk.status).toMatchObject({
    state: 'showing',
    url: `${stage.origin}/here`,
    error: { code: 'kiosk_url_not_allowed' },
  });
  expect(strangers).toBe(0);
});

it('tells no refusal any more once the page before it is wanted again', async () => {
  await stage.kiosk.show(`${stage.origin}/before`);
  await expect(stage.kiosk.show(elsewhereUrl)).rejects.toMatchObject({ code: 'kiosk_url_not_allowed' });
  await stage.kiosk.show(`${stage.origin}/before`);
  expect(stage.kiosk.status).toMatchObject({ state: 'showing', url: `${stage.origin}/before` });
  expect(stage.kiosk.status.error).toBeUndefined();
});

it('stays on the page when the page itself wants to go elsewhere', async () => {
  await loadPageThat(`location.href = '${elsewhereUrl}'`, '/leaves');
  expect(strangers).toBe(0);
  expect(stage.kiosk.status).toMatchObject({ state: 'showing', url: `${stage.origin}/leaves` });
});

it('opens no second window', async () => {
  await loadPageThat(`window.open('${elsewhereUrl}'); window.open('/second')`, '/opens');
  expect(strangers).toBe(0);
  expect(stage.visits.filter(({ path }) => path === '/second')).toEqual([]);
});

it('follows no redirect that leads elsewhere', async () => {
  stage.answer = (_, response) => response.writeHead(302, { location: elsewhereUrl }).end();
  await stage.kiosk.show(`${stage.origin}/redirects`);
  expect(strangers).toBe(0);
  expect(stage.kiosk.status).toMatchObject({ state: 'failed', error: { code: 'kiosk_load_failed' } });
});

it('tells where the page has gone by itself on the allowed origin', async () => {
  stage.answer = (request, response) =>
    answerWith(response, request.url === '/moves' ? `<script>location.href = '/moved'</script>` : '');
  await stage.kiosk.show(`${stage.origin}/moves`);
  await stage.waitForVisit('/moved');
  await waitFor('the address is told', () => stage.kiosk.status.url === `${stage.origin}/moved`);
});
