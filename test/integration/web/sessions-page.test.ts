import { expect, test } from 'vitest';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

test('an end is asked twice: the question names whose desktop it is and what is lost', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const page = await web.openAs('mr-turing', '/sessions');
  const end = page.getByRole('button', { name: 'End the desktop of ada' });
  await end.click();
  const dialog = page.getByRole('dialog', { name: 'End the desktop of ada?' });
  await dialog.getByText(/Linux desktop, started .*what is not saved is lost/).waitFor();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  expect(session.state).toBe('active');

  await end.click();
  await dialog.getByRole('button', { name: 'End it' }).click();
  await page.getByRole('heading', { name: 'Nobody uses a desktop' }).waitFor();
  expect(session.state).toBe('ended');
});

test('sessions are found by person, desktop and room, and those that ended are a choice away', async () => {
  const { classroom } = web.api;
  classroom.startSession('ada', 'desktop', classroom.seats[0]?.id ?? null);
  classroom.startSession('admin', 'browser', null);
  const ended = classroom.startSession('mr-turing', 'desktop', null);
  classroom.endSession(ended.id, 'idle');
  const page = await web.openAs('mr-turing', '/sessions');
  const names = page.getByRole('table', { name: 'Sessions' }).getByRole('rowheader');
  await names.nth(1).waitFor();

  await page.getByLabel('Room').selectOption({ label: 'Room 1' });
  await names.nth(1).waitFor({ state: 'detached' });
  expect(await names.allTextContents()).toEqual(['ada']);
  await page.getByLabel('Person').fill('nobody');
  await page.getByText('0 of 2 sessions match.').waitFor();

  await page.getByLabel('Show').selectOption({ label: 'those that ended, too' });
  const row = page.getByRole('row', { name: /mr-turing/ });
  await row.getByText('not used for long').waitFor();
  expect(await row.getByRole('button').count()).toBe(0);
});

test('a session moves to a free seat', async () => {
  const { classroom } = web.api;
  const session = classroom.startSession('ada', 'desktop', classroom.seats[0]?.id ?? null);
  const page = await web.openAs('mr-turing', '/sessions');
  await page.getByRole('button', { name: 'Move ada' }).click();
  await page.getByLabel('Seat', { exact: true }).selectOption({ label: 'Room 1 · Seat 2' });
  await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
  await page.getByRole('cell', { name: 'Room 1 · Seat 2' }).waitFor();
  expect(session.seat).toBe(classroom.seats[1]?.id);
});
