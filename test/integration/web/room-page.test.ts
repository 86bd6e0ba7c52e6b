import { expect, test } from 'vitest';
import { greyPixel } from './support/grey-pixel.ts';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const snapshots: string[] = [];
const web = setUpWebTest({
  snapshot: async (device) => {
    snapshots.push(device);
    return greyPixel;
  },
});

const openRoom = () => web.openAs('mr-turing', `/rooms/${web.api.classroom.rooms[0]?.id}`);

test('unplugging HDMI shows on the page by itself', async () => {
  const page = await openRoom();
  const seat = page.getByRole('article', { name: 'Seat 1' });
  await seat.getByText('DEL P2419H, 1920 × 1080').waitFor();
  web.api.classroom.changeDevice('pi-1', (device) => {
    device.hdmi = { connectors: [{ name: 'HDMI-A-1', connected: false, monitor: null, mode: null }] };
  });
  await seat.getByText('nothing plugged in').waitFor();
});

test('a seat that is lost, and who sits where, shows by itself', async () => {
  const page = await openRoom();
  await page.getByRole('article', { name: 'Seat 2' }).getByText('Nobody sits here').waitFor();
  web.api.classroom.startSession('ada', 'desktop', web.api.classroom.seats[1]?.id ?? null);
  await page.getByRole('article', { name: 'Seat 2' }).getByText('ada · desktop').waitFor();
  web.api.classroom.changeDevice('pi-2', (device) => {
    device.connection = 'lost';
  });
  await page.getByRole('article', { name: 'Seat 2' }).getByText('Lost', { exact: true }).waitFor();
});

test('pictures are taken of seats with a device, while the page is seen', async () => {
  const page = await openRoom();
  for (const seat of ['Seat 1', 'Seat 2', 'Seat 3'])
    await page.getByRole('img', { name: `What ${seat} shows now` }).waitFor();
  expect([...new Set(snapshots)].sort()).toEqual(['pi-1', 'pi-2', 'pi-3']);
});

test('a seat is identified, locked and unlocked by one button each', async () => {
  const page = await openRoom();
  const tools = page.getByRole('toolbar', { name: 'Tools for Seat 1' });
  await tools.getByRole('button', { name: 'Identify' }).click();
  await page.getByText('Seat 1 shows its name now.').waitFor();
  expect(web.api.classroom.commands).toEqual([{ device: 'pi-1', name: 'identify', args: {} }]);
  await tools.getByRole('button', { name: 'Lock', exact: true }).click();
  await tools.getByRole('button', { name: 'Unlock' }).click();
  await tools.getByRole('button', { name: 'Lock', exact: true }).waitFor();
});

test('a page and a message are pushed by dialogs', async () => {
  const page = await openRoom();
  const tools = page.getByRole('toolbar', { name: 'Tools for Seat 1' });
  await tools.getByRole('button', { name: 'Show a page' }).click();
  await page.getByLabel('Address').fill('https://example.org/lesson');
  await page.keyboard.press('Enter');
  await until(
    'the page is desired',
    () => web.api.classroom.device('pi-1').desired.page === 'https://example.org/lesson',
  );
  await tools.getByRole('button', { name: 'Message' }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Well done');
  await page.getByRole('button', { name: 'Send' }).click();
  await until(
    'the message is desired',
    () => web.api.classroom.device('pi-1').desired.message === 'Well done',
  );
});

test('restarting a seat asks first', async () => {
  const page = await openRoom();
  const restart = page
    .getByRole('toolbar', { name: 'Tools for Seat 1' })
    .getByRole('button', { name: 'Restart' });
  await restart.click();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(web.api.classroom.commands).toEqual([]);
  await restart.click();
  await page.getByRole('button', { name: 'Restart it' }).click();
  await page.getByText('Seat 1 restarts.').waitFor();
  expect(web.api.classroom.commands.map(({ name }) => name)).toEqual(['reboot']);
});

test('a teacher logs in as seated at a seat', async () => {
  const page = await openRoom();
  await page
    .getByRole('toolbar', { name: 'Tools for Seat 3' })
    .getByRole('button', { name: 'Log in as seated here' })
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Web browser/ })
    .click();
  await page.getByText('Your desktop is on its way to Seat 3.').waitFor();
  expect(web.api.classroom.sessions.map(({ username, seat }) => [username, seat])).toEqual([
    ['mr-turing', web.api.classroom.seats[2]?.id],
  ]);
});

test('a device that went away meanwhile is told with what to do', async () => {
  const page = await openRoom();
  const identify = page
    .getByRole('toolbar', { name: 'Tools for Seat 1' })
    .getByRole('button', { name: 'Identify' });
  await identify.waitFor();
  web.api.classroom.device('pi-1').connection = 'lost';
  await identify.click();
  await page.getByText('The device is not connected.').waitFor();
  await page.getByText('Check its power and network').waitFor();
});

test('the drawer tells everything about a seat and follows its changes', async () => {
  const page = await openRoom();
  await page.getByRole('button', { name: 'Details of Seat 1' }).click();
  const drawer = page.getByRole('dialog', { name: 'Seat 1' });
  await drawer.getByText('Raspberry Pi 4 Model B').waitFor();
  web.api.classroom.changeDevice('pi-1', (device) => {
    if (device.health) device.health = { ...device.health, underVoltage: true };
  });
  await drawer.getByText('too weak since it started: use a better supply').waitFor();
  await drawer.getByRole('switch', { name: 'Lamp' }).click();
  await until('the relay is switched', () => web.api.classroom.commands.some(({ name }) => name === 'relay'));
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
});

test('a session is moved to another free seat', async () => {
  const [, second, third] = web.api.classroom.seats;
  const session = web.api.classroom.startSession('ada', 'desktop', second?.id ?? null);
  const page = await openRoom();
  await page
    .getByRole('toolbar', { name: 'Tools for Seat 2' })
    .getByRole('button', { name: 'Move to another seat' })
    .click();
  const dialog = page.getByRole('dialog');
  // Neither the taken seat nor the one without a device can be chosen.
  await dialog.getByLabel('Seat').waitFor();
  expect(await dialog.getByRole('option').allTextContents()).toEqual(['Room 1 · Seat 1', 'Room 1 · Seat 3']);
  await dialog.getByLabel('Seat').selectOption({ label: 'Room 1 · Seat 3' });
  await dialog.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByRole('article', { name: 'Seat 3' }).getByText('ada · desktop').waitFor();
  expect(session.seat).toBe(third?.id);
});

test('a whole room is locked, told something and switched off at once', async () => {
  const page = await openRoom();
  const tools = page.getByRole('toolbar', { name: 'Tools for all seats' });
  await tools.getByRole('button', { name: 'Lock all', exact: true }).click();
  await page.getByText('3 seats: locked.').waitFor();
  await tools.getByRole('button', { name: 'Screens off' }).click();
  await page.getByText('3 seats: screen switched off.').waitFor();
  await tools.getByRole('button', { name: 'Message all' }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Look here');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('The message is on its way.').waitFor();
  expect(web.api.classroom.devices.map(({ desired: { lock, screen } }) => [lock, screen])).toEqual(
    Array(3).fill([true, 'off']),
  );
  expect(web.api.classroom.attention.messages).toMatchObject([{ text: 'Look here', sentBy: 'Mr Turing' }]);
});

test('a seat that a whole room’s tool did not reach is named', async () => {
  const page = await openRoom();
  const tools = page.getByRole('toolbar', { name: 'Tools for all seats' });
  await tools.waitFor();
  web.api.refuse = (method, path) => (method === 'PATCH' && path === 'devices/pi-2' ? 'conflict' : undefined);
  await tools.getByRole('button', { name: 'Screens off' }).click();
  await page.getByText('Not screen switched off: Seat 2.').waitFor();
});

test('a page that a seat may not show is told in full, until it is taken back', async () => {
  const page = await openRoom();
  const seat = page.getByRole('article', { name: 'Seat 1' });
  await seat.getByRole('button', { name: 'Show a page' }).click();
  await page.getByLabel('Address').fill('https://example.com/');
  await page.keyboard.press('Enter');
  await page.getByText('Seat 1 was asked to show the page.').waitFor();
  web.api.classroom.changeDevice('pi-1', (device) => {
    device.desired.url = 'https://example.com/';
    if (device.reported)
      device.reported.kiosk.error = { code: 'kiosk_url_not_allowed', message: 'not allowed here' };
  });
  await seat.getByText('Page not shown').waitFor();
  await seat.getByText(/example\.com is not shown: this device may show pages of Homeroom/).waitFor();
  web.api.classroom.changeDevice('pi-1', (device) => {
    Object.assign(device.desired, { page: null, url: '/kiosk/pi-1' });
    delete device.reported?.kiosk.error;
  });
  await seat.getByText('Page not shown').waitFor({ state: 'detached' });
});

test('a sign-in that ended elsewhere is noticed by itself, and the page goes on after the next', async () => {
  const page = await openRoom();
  await page.getByRole('img', { name: 'What Seat 1 shows now' }).waitFor();
  web.api.signIns.clear();
  await page.getByText('Your sign-in has ended.').waitFor();
  snapshots.length = 0;
  await page.getByLabel('User name').fill('mr-turing');
  expect(snapshots).toEqual([]);
  await page.getByLabel('Password').fill('teacher');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Room 1' }).waitFor();
});
