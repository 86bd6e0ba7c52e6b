import { expect, test } from 'vitest';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

test('whoever has no account starts a desktop at a seat where that is offered, and only there', async () => {
  const without = await web.openKiosk('pi-1');
  await without.getByLabel('User name').waitFor();
  expect(await without.getByRole('button', { name: 'Start without an account' }).count()).toBe(0);

  web.api.classroom.guest = { templateName: 'Web browser', limitS: 1_800 };
  const page = await web.openKiosk('pi-1');
  await page.route('**/api/v1/kiosk/guest', (route) => {
    const session = web.api.classroom.startSession('ada', 'desktop', web.api.classroom.seats[0]?.id ?? null);
    return route.fulfill({ status: 201, json: { user: null, kiosk: null, csrfToken: 'token', session } });
  });
  await page.getByText('Web browser for 30 minutes').waitFor();
  await page.getByRole('button', { name: 'Start without an account' }).click();
  await page.waitForURL('**/desktop/*');
});
