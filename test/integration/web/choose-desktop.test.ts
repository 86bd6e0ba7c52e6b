import { expect, test } from 'vitest';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

test('choosing a ready desktop opens it at once', async () => {
  const page = await web.openAs('ada', '/');
  await page.getByRole('button', { name: /Linux desktop/ }).click();
  await page.waitForURL(/\/desktop\//);
  await page.locator('body[data-state=painted]').waitFor();
});

test('without a ready one the place in the queue is told, and the desktop opens when it is its turn', async () => {
  const page = await web.openAs('ada', '/');
  await page.getByRole('button', { name: /Terminal/ }).click();
  await page.getByText('You are next.').waitFor();
  const [session] = web.api.classroom.sessions;
  if (!session) throw new Error('no session was made');
  Object.assign(session, { state: 'starting', desktop: session.id });
  web.api.classroom.announce({ kind: 'session', id: session.id });
  await page.waitForURL(`**${session.url}`);
});

test('a running desktop stands on top: it can be gone on with, and ends only after a question', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const page = await web.openAs('ada', '/');
  const mine = page.getByRole('region', { name: 'Your desktop' });
  expect(await mine.getByRole('link', { name: 'Continue' }).getAttribute('href')).toBe(session.url);

  await mine.getByRole('button', { name: 'End' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(session.state).toBe('active');
  await mine.getByRole('button', { name: 'End' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
  await page.getByText('Your desktop has ended.').waitFor();
  await mine.waitFor({ state: 'detached' });
  expect(session.state).toBe('ended');
});

test('a template that fills up is told without a reload', async () => {
  const page = await web.openAs('ada', '/');
  await page.getByText('2 ready').waitFor();
  Object.assign(web.api.classroom.templates[1] ?? {}, { ready: 7 });
  web.api.classroom.announce({ kind: 'pool', id: 'browser' });
  await page.getByText('7 ready').waitFor();
});

test('a controller that restarts is told, and the page is fresh when it is back', async () => {
  const page = await web.openAs('ada', '/');
  await page.getByText('2 ready').waitFor();
  web.api.goAway();
  await page.getByText('Homeroom does not answer at the moment.').waitFor();
  Object.assign(web.api.classroom.templates[1] ?? {}, { ready: 9 });
  web.api.comeBack();
  await page.getByText('9 ready').waitFor();
  await page.getByText('Homeroom does not answer at the moment.').waitFor({ state: 'detached' });
});

test('the page of somebody who never had a desktop asks for nothing that is not there', async () => {
  const page = await web.openAs('ada', '/');
  const failed: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  await page.reload();
  await page.getByRole('list', { name: 'Desktops to choose from' }).waitFor();
  await page.waitForLoadState('load');
  expect(failed).toEqual([]);
});
