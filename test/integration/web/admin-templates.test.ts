import { expect, test } from 'vitest';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

test('a template that an admin makes appears as a card before the eyes of a student', async () => {
  const student = await web.openAs('ada', '/');
  await student.getByRole('button', { name: /Linux desktop/ }).waitFor();
  const page = await web.openAs('admin', '/templates');
  await page.getByRole('button', { name: 'Make a template' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Übung 3D');
  expect(await dialog.getByLabel('Id', { exact: true }).inputValue()).toBe('ubung-3d');
  await dialog.getByLabel('Description').fill('Draw in three dimensions.');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('heading', { level: 1, name: 'Übung 3D' }).waitFor();
  await student.getByRole('button', { name: /Übung 3D.*Draw in three dimensions/ }).waitFor();
});

test('an id that is taken is told in the dialog, which keeps what was typed', async () => {
  const page = await web.openAs('admin', '/templates');
  await page.getByRole('button', { name: 'Make a template' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Desktop');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await dialog.getByRole('alert').waitFor();
  expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Desktop');
});

test('rules, times and groups of a template are saved together', async () => {
  const page = await web.openAs('admin', '/templates/browser');
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByLabel('Without use, after').fill('45');
  await page.getByLabel('Copy text out of the desktop').uncheck();
  await page.getByLabel('7b').check();
  await page.getByText('Not saved yet.').waitFor();
  await save.click();
  await page.getByText('Web browser is saved.').waitFor();
  const { admin, groups } = web.api.classroom;
  expect(admin.details.find(({ id }) => id === 'browser')).toMatchObject({
    idleTimeoutS: 2700,
    policies: { clipboardOut: false },
    name: 'Web browser',
  });
  expect(groups[0]?.templates).toEqual(['browser']);
  await page.getByText(/For 7b\..*A session ends after 45 min without use/).waitFor();
});

test('a template is withdrawn after a question that names what is lost, and is offered again', async () => {
  web.api.classroom.startSession('ada', 'browser', null);
  const page = await web.openAs('admin', '/templates/browser');
  await page.getByRole('button', { name: 'Withdraw Web browser' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('2 unused desktops are removed. 1 session goes on until it ends.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(web.api.classroom.templates.some(({ id }) => id === 'browser')).toBe(true);
  await page.getByRole('button', { name: 'Withdraw Web browser' }).click();
  await dialog.getByRole('button', { name: 'Withdraw it' }).click();
  await page.getByText('This template is withdrawn.').waitFor();
  await page.getByRole('button', { name: 'Offer it again' }).click();
  await page.getByText('This template is withdrawn.').waitFor({ state: 'detached' });
});
