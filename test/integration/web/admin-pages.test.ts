import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

test('a device is renamed, moved and revoked, the last only after a question', async () => {
  const page = await web.openAs('admin', '/devices');
  await page.getByRole('button', { name: 'Rename Seat 1' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Window seat');
  await page.keyboard.press('Enter');
  await page.getByRole('rowheader', { name: /Window seat/ }).waitFor();

  const row = page.getByRole('row').filter({ hasText: 'Window seat' });
  await row.getByLabel('Seat of Window seat').selectOption({ label: 'Room 1 · Seat 4' });
  await until(
    'the device is moved',
    () => web.api.classroom.device('pi-1').seat === web.api.classroom.seats[3]?.id,
  );

  await row.getByRole('button', { name: 'Revoke' }).click();
  expect(web.api.classroom.device('pi-1').connection).toBe('ready');
  await page.getByRole('button', { name: 'Revoke it' }).click();
  await row.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await row.waitFor({ state: 'detached' });
});

test('a device that wants to run desktops is allowed or refused, and asked about once', async () => {
  const host = { capacity: 20, isolation: 'own' as const, load: 0, faults: [], desktops: [] };
  for (const id of ['pi-1', 'pi-2'])
    web.api.classroom.changeDevice(id, (device) => Object.assign(device, { host }));
  const page = await web.openAs('admin', '/devices');
  const asking = page.getByRole('list', { name: 'Devices that want to run desktops' });
  await asking.getByRole('button', { name: 'Allow Seat 1 to run desktops' }).click();
  await page.getByRole('row', { name: /Seat 1.*Host, 0 of 20 desktops run/ }).waitFor();
  await asking.getByRole('button', { name: 'Refuse that Seat 2 runs desktops' }).click();
  await asking.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Place no more desktops on Seat 1' }).click();
  await page.getByRole('row', { name: /Seat 1.*Host that gets no desktops/ }).waitFor();
  const { classroom } = web.api;
  expect(['pi-1', 'pi-2'].map((id) => classroom.device(id).hostConsent)).toEqual(['refused', 'refused']);
});

test('opening enrolment shows a countdown', async () => {
  const page = await web.openAs('admin', '/enrolment');
  await page.getByLabel(/Open for 10 minutes/).check();
  await page.getByText(/^(10:00|9:\d\d) left$/).waitFor();
});

test('a waiting device appears with its code and is accepted with a name', async () => {
  const page = await web.openAs('admin', '/enrolment');
  await page.getByRole('heading', { name: 'Nobody waits' }).waitFor();
  const id = randomUUID();
  const askedAt = new Date().toISOString();
  web.api.classroom.enrolments.push({
    id,
    device: 'pi-9',
    name: null,
    code: '482913',
    model: 'Pi 5',
    address: null,
    askedAt,
  });
  web.api.classroom.announce({ kind: 'enrolment', id });
  await page.getByText('482 913').waitFor();
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Seat 5');
  await page.keyboard.press('Enter');
  await page.getByText('Seat 5 is in.').waitFor();
  expect(web.api.classroom.enrolments).toEqual([]);
});

test('a join token is shown once, listed without its secret, and withdrawn', async () => {
  const page = await web.openAs('admin', '/enrolment');
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByLabel('Note').fill('Autumn');
  await page.getByLabel('They may run desktops').check();
  await page.getByRole('button', { name: 'Make it' }).click();
  const token = await page.locator('code.token-once').textContent();
  expect(token).toMatch(/^homeroom1\.[0-9a-f]{64}\.[A-Za-z0-9_-]{32}$/);
  await page.keyboard.press('Escape');
  await page
    .getByRole('row', { name: /Autumn.*may run desktops/ })
    .getByRole('button', { name: 'Withdraw' })
    .click();
  await page.getByRole('button', { name: 'Withdraw it' }).click();
  await page.getByRole('cell', { name: 'withdrawn' }).waitFor();
  expect(await page.content()).not.toContain(token);
});

test('a teacher ends a session from the list', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const page = await web.openAs('mr-turing', '/sessions');
  await page.getByRole('row', { name: /ada/ }).getByRole('button', { name: 'End' }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByRole('heading', { name: 'Nobody uses a desktop' }).waitFor();
  expect(session.state).toBe('ended');
});

test('a name of seventy letters leaves the tools of its device in reach', async () => {
  web.api.classroom.device('pi-2').name = 'W'.repeat(70);
  const page = await web.openAs('admin', '/devices', { viewport: { width: 1280, height: 720 } });
  const revoke = page.getByRole('row', { name: /WWW/ }).getByRole('button', { name: 'Revoke' });
  const box = await revoke.boundingBox();
  expect(box).not.toBeNull();
  expect((box?.x ?? 9_999) + (box?.width ?? 0)).toBeLessThan(1280);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
});
