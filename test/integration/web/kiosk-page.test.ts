import { expect, test } from 'vitest';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

test('a student signs in at a seat, chooses, and the desktop stands there', async () => {
  const page = await web.openKiosk('pi-1');
  await page.getByText('Seat 1').waitFor();
  await page.getByLabel('User name').waitFor();
  await page.keyboard.type('ada');
  await page.keyboard.press('Tab');
  await page.keyboard.type('student');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Linux desktop/ }).click();
  await page.locator('body[data-state=painted]').waitFor();
  expect(web.api.classroom.sessions[0]?.seat).toBe(web.api.classroom.seats[0]?.id);
});

test('a desktop’s page that is slow to come is asked for once', async () => {
  const page = await web.openKiosk('pi-1');
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password').fill('student');
  const asked: string[] = [];
  await page.route('**/desktop/*', async (route) => {
    asked.push(route.request().url());
    // Meanwhile the seat's page hears of the session, too.
    await page.waitForTimeout(600);
    await route.continue().catch(() => undefined);
  });
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Linux desktop/ }).click();
  await page.locator('body[data-state=painted]').waitFor();
  expect(asked).toHaveLength(1);
});

test('the end of a desktop at a seat leads back to the seat’s page', async () => {
  const { seats } = web.api.classroom;
  const session = web.api.classroom.startSession('ada', 'desktop', seats[0]?.id ?? null);
  const page = await web.openKiosk('pi-1');
  await page.locator('body[data-state=painted]').waitFor();
  await page.keyboard.press('Control+Alt+Shift');
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await page.waitForURL('**/kiosk/pi-1');
  await page.getByLabel('User name').waitFor();
  expect(session.state).toBe('ended');
});

test('a waiting person sees the place in the queue', async () => {
  web.api.classroom.startSession('ada', 'terminal', web.api.classroom.seats[0]?.id ?? null);
  const page = await web.openKiosk('pi-1');
  await page.getByRole('heading', { name: 'Waiting for a desktop' }).waitFor();
  await page.getByText('You are next.').waitFor();
});

test('a lock comes by itself, swallows keys, and goes by itself', async () => {
  const page = await web.openKiosk('pi-1');
  await page.getByLabel('User name').waitFor();
  web.api.classroom.changeDevice('pi-1', (device) => {
    device.desired.lock = true;
  });
  await page.getByRole('heading', { name: 'Eyes to the front' }).waitFor();
  await page.evaluate('window.addEventListener("keydown", () => { window.leaked = true; })');
  await page.keyboard.press('F1');
  expect(await page.evaluate('window.leaked ?? false')).toBe(false);
  web.api.classroom.changeDevice('pi-1', (device) => {
    device.desired.lock = false;
  });
  await page.getByLabel('User name').waitFor();
});

test('a message is shown in large, and taken back', async () => {
  const page = await web.openKiosk('pi-1');
  web.api.classroom.changeDevice('pi-1', (device) => {
    device.desired.message = 'Please save your work.';
  });
  await page.getByRole('heading', { name: 'Please save your work.' }).waitFor();
  web.api.classroom.changeDevice('pi-1', (device) => {
    device.desired.message = null;
  });
  await page.getByLabel('User name').waitFor();
});

test('a message to the room is shown, confirmed by a key, and goes', async () => {
  const page = await web.openKiosk('pi-1');
  await page.getByLabel('User name').waitFor();
  const message = web.api.classroom.attention.say('Please look at the board.', 'Mr Turing');
  const [receipt] = message.receipts;
  await page.getByRole('heading', { name: 'Please look at the board.' }).waitFor();
  await page.getByText('Mr Turing,').waitFor();
  await until('its receipt', () => receipt?.shownAt !== null);
  expect(receipt?.readAt).toBeNull();
  await page.locator('button.message-read:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('User name').waitFor();
  expect(receipt?.readAt).not.toBeNull();
});

test('two messages to the room are read one after the other', async () => {
  const page = await web.openKiosk('pi-1');
  web.api.classroom.attention.say('The first.', 'Mr Turing');
  web.api.classroom.attention.say('The second.', 'Mr Turing');
  for (const text of ['The first.', 'The second.']) {
    await page.getByRole('heading', { name: text }).waitFor();
    await page.locator('button.message-read:focus').waitFor();
    await page.keyboard.press('Enter');
  }
  await page.getByLabel('User name').waitFor();
});

test('a device without a seat shows its id, a revoked one that it is', async () => {
  web.api.classroom.device('pi-1').seat = null;
  const page = await web.openKiosk('pi-1');
  await page.getByRole('heading', { name: 'This device has no seat yet' }).waitFor();
  await page.locator('code', { hasText: 'pi-1' }).waitFor();
  web.api.classroom.changeDevice('pi-1', (device) => {
    device.connection = 'revoked';
  });
  await page.getByRole('heading', { name: 'This device was signed off' }).waitFor();
});

test('identify shows the seat’s name over everything', async () => {
  const page = await web.openKiosk('pi-2');
  web.api.classroom.commands.push({ device: 'pi-2', name: 'identify', args: {} });
  web.api.classroom.announce({ kind: 'device', id: 'pi-2' });
  await page.getByRole('alert').getByText('Seat 2').waitFor();
});

test('a controller that is away is told, and the page comes back by itself', async () => {
  const page = await web.openKiosk('pi-1');
  await page.getByLabel('User name').waitFor();
  web.api.goAway();
  await page.getByRole('heading', { name: 'Homeroom is away' }).waitFor();
  web.api.comeBack();
  await page.getByLabel('User name').waitFor();
});

test('the desktop’s files are on their way while a person signs in', async () => {
  const page = await web.openKiosk('pi-1');
  const hrefs = `[...document.querySelectorAll('link[rel=prefetch]')].map(({ href }) => href).join()`;
  await until('noVNC is prefetched', async () =>
    String(await page.evaluate(hrefs)).includes('/assets/screen-'),
  );
});
