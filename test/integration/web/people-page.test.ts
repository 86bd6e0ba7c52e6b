import { expect, test } from 'vitest';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();
const person = (username: string) => web.api.classroom.users.find((user) => user.username === username);

test('a person is added with a password that is shown once', async () => {
  const page = await web.openAs('admin', '/people');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByLabel('User name').fill('ana');
  await page.getByLabel('Name', { exact: true }).fill('Ana Maria');
  await page.getByRole('dialog').getByLabel('Role').selectOption('teacher');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const password = await page.locator('code.password-once').textContent();
  expect(person('ana')).toMatchObject({ displayName: 'Ana Maria', role: 'teacher', password });
  await page.keyboard.press('Escape');
  await page.getByRole('rowheader', { name: /Ana Maria/ }).waitFor();
  expect(await page.content()).not.toContain(password);
});

test('the faults of a file are forgotten once another one is chosen', async () => {
  const page = await web.openAs('admin', '/people');
  web.api.refuse = (_method, path) => (path.startsWith('users/import') ? 'import_invalid' : undefined);
  await page.getByRole('button', { name: 'Import people' }).click();
  const choose = (name: string) =>
    page
      .getByLabel('File')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from('username\nana\n') });
  await choose('faulty.csv');
  await page.getByRole('button', { name: 'Check the file' }).click();
  const faults = page.getByRole('dialog').getByRole('alert');
  await faults.waitFor();
  await choose('another.csv');
  await faults.waitFor({ state: 'detached' });
});

test('a person gets a new password, is disabled after a question, and enabled again', async () => {
  const page = await web.openAs('admin', '/people');
  const row = page.getByRole('row', { name: /^Ada/ });
  await row.getByRole('button', { name: 'New password' }).click();
  await page.getByLabel('New password', { exact: true }).fill('something new');
  await page.getByRole('button', { name: 'Set it' }).click();
  await until('the password is set', () => person('ada')?.password === 'something new');

  await row.getByRole('button', { name: 'Disable' }).click();
  expect(person('ada')?.disabled).toBeUndefined();
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await row.getByText('disabled', { exact: true }).waitFor();
  await row.getByRole('button', { name: 'Enable' }).click();
  await row.getByText('may sign in', { exact: true }).waitFor();
});

test('an admin cannot shut themselves out by a slip', async () => {
  const page = await web.openAs('admin', '/people');
  const row = page.getByRole('row', { name: /^Grace/ });
  expect(await row.getByLabel('Role of Grace').isDisabled()).toBe(true);
  expect(await row.getByRole('button').count()).toBe(0);
});

test('everybody changes their own password, knowing the current one', async () => {
  const page = await web.openAs('ada', '/');
  await page.getByRole('link', { name: /my account/ }).click();
  await page.getByRole('button', { name: 'Change my password' }).click();
  await page.getByLabel('Current password').fill('student');
  await page.getByLabel('New password', { exact: true }).fill('something new');
  await page.getByLabel('New password again').fill('something else');
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByText('The two are not the same.').waitFor();
  await page.getByLabel('New password again').fill('something new');
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByText('Your password is changed.').waitFor();
  expect(person('ada')?.password).toBe('something new');
});
