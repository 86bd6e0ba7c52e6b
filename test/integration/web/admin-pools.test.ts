import { expect, test } from 'vitest';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

test('a pool gets its size in the table, and tells how full it is without a reload', async () => {
  const page = await web.openAs('admin', '/pools');
  const row = page.getByRole('row', { name: /Web browser/ });
  await row.getByText('2 of 4 ready').waitFor();
  const save = row.getByRole('button', { name: 'Save' });
  expect(await save.isDisabled()).toBe(true);

  await row.getByLabel('Ready at least').fill('6');
  await row.getByLabel('Stopped at most').fill('3');
  await page.keyboard.press('Enter');
  await page.getByText('The pool of Web browser has its new size.').waitFor();
  await row.getByText('2 of 6 ready').waitFor();
  const pool = web.api.classroom.admin.pools.find(({ template }) => template === 'browser');
  expect(pool).toMatchObject({ warmMinimum: 6, warmMaximum: null, coldMaximum: 3, maximum: 20 });

  Object.assign(pool ?? {}, { ready: 4, creating: 2 });
  web.api.classroom.announce({ kind: 'pool', id: 'browser' });
  await row.getByText('4 of 6 ready, 2 being made').waitFor();
});

test('a size that the controller refuses stays in its field, with the reason', async () => {
  const page = await web.openAs('admin', '/pools');
  const row = page.getByRole('row', { name: /Terminal/ });
  web.api.refuse = (method) => (method === 'PATCH' ? 'database_unavailable' : undefined);
  await row.getByLabel('Ready at least').fill('9');
  await row.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Homeroom cannot read its records at the moment.').waitFor();
  expect(await row.getByLabel('Ready at least').inputValue()).toBe('9');
});

test('when unused desktops are replaced is told in hours', async () => {
  const page = await web.openAs('admin', '/pools');
  await page.getByRole('button', { name: 'Age and replacing, Terminal' }).click();
  await page.getByLabel('Replace unused desktops after, in hours').fill('12');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await until(
    'the age is set',
    () => web.api.classroom.admin.pools.find(({ template }) => template === 'terminal')?.maxAgeS === 43_200,
  );
});

test('a teacher sees pools and changes none', async () => {
  const page = await web.openAs('mr-turing', '/pools');
  await page.getByText('2 of 4 ready').waitFor();
  expect(await page.getByRole('spinbutton').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
});
