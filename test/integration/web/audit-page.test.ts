import { expect, test } from 'vitest';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

test('the log is filtered, and what is exported is what is looked at', async () => {
  const { admin } = web.api.classroom;
  admin.log('ada', 'session.start');
  admin.log('admin', 'room.rename', { before: { name: 'Room 1' }, after: { name: 'Physics' } });
  admin.log('admin', 'room.create', { after: { name: 'Room 1' } });
  const page = await web.openAs('admin', '/audit');
  const rows = page.getByRole('table', { name: 'Audit log' }).getByRole('rowheader');
  await rows.nth(2).waitFor();

  await page.getByLabel('What').fill('room');
  await page.keyboard.press('Enter');
  await rows.nth(2).waitFor({ state: 'detached' });
  expect(await rows.count()).toBe(2);
  const href = await page.getByRole('link', { name: 'As CSV' }).getAttribute('href');
  expect(href).toBe('/api/v1/audit/export?action=room&format=csv');

  const change = page.getByText('name: Room 1 → Physics');
  await change.click();
  await page.getByRole('deletion').getByText('Room 1').waitFor();
  await page.getByRole('insertion').getByText('Physics').waitFor();
});

test('a long log comes in parts', async () => {
  for (let entries = 0; entries < 60; entries += 1) web.api.classroom.admin.log('ada', `step.${entries}`);
  const page = await web.openAs('admin', '/audit');
  const rows = page.getByRole('table', { name: 'Audit log' }).getByRole('rowheader');
  await page.getByText('50 are shown.').waitFor();
  expect(await rows.count()).toBe(50);
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByText('step.0', { exact: true }).waitFor();
  expect(await rows.count()).toBe(60);
  expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
});

test('the chain is verified, and its end told to be kept', async () => {
  web.api.classroom.admin.log('admin', 'room.create');
  const page = await web.openAs('admin', '/audit');
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await page.getByText('The one entry is as it was written.').waitFor();
  await page.getByText(/Keep this end of the chain somewhere else: b+/).waitFor();
});
