import { expect, test } from 'vitest';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

test('who waits sees the place, what is known of the time, and each step, as they change', async () => {
  const { classroom } = web.api;
  const session = classroom.startSession('ada', 'terminal', null);
  Object.assign(session, {
    place: 3,
    estimateS: 100,
    steps: [
      { name: 'queued', state: 'now', at: null },
      { name: 'found', state: 'next', at: null },
    ],
  });
  const page = await web.openAs('ada', '/');
  const mine = page.getByRole('region', { name: 'Your desktop' });
  await mine.getByText('2 people are before you. About 2 minutes.').waitFor();
  const current = mine.locator('[aria-current=step]');
  expect(await current.textContent()).toBe('In the queue');

  classroom.changeSession(session.id, {
    place: 1,
    estimateS: null,
    steps: [
      { name: 'queued', state: 'done', at: null },
      { name: 'found', state: 'now', at: null },
    ],
  });
  await mine.getByText('You are next. How long it takes is not known yet.').waitFor();
  expect(await current.textContent()).toBe('A desktop is found');
});

test('another desktop can be taken while one is waited for', async () => {
  const session = web.api.classroom.startSession('ada', 'terminal', null);
  const page = await web.openAs('ada', '/');
  await page.getByRole('button', { name: /Terminal.*You wait for this one/ }).waitFor();
  await page.getByRole('button', { name: /Web browser.*Take this instead/ }).click();
  await page.getByRole('region', { name: 'Your desktop' }).getByText('Web browser').waitFor();
  expect(session.template).toBe('browser');
});

test('a student finds the hours of the week and the place of the files', async () => {
  const page = await web.openAs('ada', '/');
  await page.getByText('2.5 hours this week.').waitFor();
  await page.getByText('homes/ada').waitFor();
});
