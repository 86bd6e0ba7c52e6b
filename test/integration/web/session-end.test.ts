/** What a page says of a desktop's coming end, of one that moved, and of one that was lost. */
import { expect, test } from 'vitest';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const warned = { warning: 1, endsBy: 'idle', mayKeep: true } as const;

/** A desktop that Ada sees at Seat 1. */
async function openAtSeat() {
  const session = web.api.classroom.startSession('ada', 'desktop', web.api.classroom.seats[0]?.id ?? null);
  const page = await web.openKiosk('pi-1');
  await page.locator('body[data-state=painted]').waitFor();
  return { session, page };
}

test('a coming end is told over the desktop, counts down, and is put off by the keyboard alone', async () => {
  const { session, page } = await openAtSeat();
  web.api.classroom.changeSession(session.id, { ...warned, endsAt: inMinutes(5) });
  const bar = page.getByRole('region', { name: 'The end of this desktop' });
  await bar.getByText('This desktop ends soon because nobody uses it.').waitFor();
  const left = await bar.locator('time').textContent();
  expect(left).toMatch(/^[45]:\d\d$/);
  await until('it counts', async () => (await bar.locator('time').textContent()) !== left);

  await page.keyboard.press('Control+Alt+Shift');
  await until(
    'the button has the keys',
    async () => (await page.evaluate('document.activeElement.id')) === 'ending-keep',
  );
  await page.keyboard.press('Enter');
  await page.getByText('Your desktop is kept.').waitFor();
  await bar.waitFor({ state: 'hidden' });
  expect(session.warning).toBe(0);
  await page.keyboard.press('k');
  await until('the keys go to the desktop again', () => web.api.vnc.keys.includes('k'.charCodeAt(0)));
});

test('an end that cannot be put off has no button, and a warning that was taken back goes', async () => {
  const { session, page } = await openAtSeat();
  web.api.classroom.changeSession(session.id, {
    ...warned,
    endsBy: 'limit',
    mayKeep: false,
    endsAt: inMinutes(1),
  });
  const bar = page.getByRole('region', { name: 'The end of this desktop' });
  await bar.getByText('because its time is over').waitFor();
  expect(await bar.getByRole('button').count()).toBe(0);
  web.api.classroom.changeSession(session.id, { warning: 0, endsAt: null, endsBy: null });
  await bar.waitFor({ state: 'hidden' });
});

test('that a lesson is over is told calmly over a desktop that goes on, and in the portal', async () => {
  const { session, page } = await openAtSeat();
  const reason = 'The lesson is over. Save your work; you may go on until this desktop ends.';
  web.api.classroom.changeSession(session.id, { reason });
  const bar = page.getByRole('region', { name: 'The end of this desktop' });
  await bar.getByText(reason).waitFor();
  expect(await bar.getByRole('button').count()).toBe(0);
  await page.keyboard.press('k');
  await until('the keys go to the desktop', () => web.api.vnc.keys.includes('k'.charCodeAt(0)));
  const portal = await web.openAs('ada', '/');
  await portal.getByText(reason).waitFor();
  web.api.classroom.changeSession(session.id, { ...warned, endsAt: inMinutes(5) });
  await bar.getByText('because nobody uses it').waitFor();
});

test('a desktop that moved is told calmly at the old seat, which returns to its sign-in by itself', async () => {
  const { session, page } = await openAtSeat();
  web.api.classroom.moveSession(session.id, web.api.classroom.seats[1]?.id ?? '');
  web.api.vnc.closeAll(4409, 'session_moved');
  await page.getByRole('heading', { name: 'Your desktop moved to Seat 2' }).waitFor();
  await page.waitForURL('**/kiosk/pi-1');
  await page.getByLabel('User name').waitFor();
  await page.getByText('Your desktop moved to Seat 2.').waitFor();
});

test('who waits at a seat sees place, estimate and steps, and may take another desktop instead', async () => {
  const session = web.api.classroom.startSession('ada', 'terminal', web.api.classroom.seats[0]?.id ?? null);
  web.api.classroom.changeSession(session.id, {
    estimateS: 95,
    steps: [
      { name: 'queued', state: 'now', at: null },
      { name: 'found', state: 'next', at: null },
    ],
  });
  const page = await web.openKiosk('pi-1');
  await page.getByText('You are next.').waitFor();
  await page.getByText('About 2 minutes.').waitFor();
  expect(await page.locator('[aria-current=step]').textContent()).toBe('In the queue');
  await page.getByRole('button', { name: /Web browser/ }).click();
  await until('it waits for the other one', () => session.template === 'browser');
});

test('who waits in the portal may take another desktop instead', async () => {
  const session = web.api.classroom.startSession('ada', 'terminal', null);
  web.api.classroom.changeSession(session.id, { estimateS: null });
  const page = await web.openAs('ada', '/');
  await page.getByText('How long it takes is not known yet.').waitFor();
  await page.getByRole('button', { name: /Web browser.*Take this instead/ }).click();
  await until('it waits for the other one', () => session.template === 'browser');
});

test('a warning is told in the portal too, and the desktop kept from there', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  web.api.classroom.changeSession(session.id, { ...warned, endsAt: inMinutes(4) });
  const page = await web.openAs('ada', '/');
  await page.getByText('This desktop ends soon because nobody uses it.').waitFor();
  await page.getByRole('button', { name: 'Keep my desktop' }).click();
  await until('it is kept', () => session.warning === 0);
});

test('a desktop that was lost is told where the next one is chosen', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  Object.assign(session, { reason: 'Its machine is gone.' });
  web.api.classroom.endSession(session.id, 'desktop-lost');
  const page = await web.openAs('ada', '/');
  await page.getByText('Your desktop stopped working. Its machine is gone. Files').waitFor();
});

test('a desktop that does not answer is not offered again; a fresh one is', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  web.api.classroom.changeSession(session.id, { trouble: 'The machine that runs it is away.' });
  const page = await web.openAs('ada', '/');
  await page.getByText('The machine that runs it is away. Files in your home folder are kept.').waitFor();
  const mine = page.getByRole('region', { name: 'Your desktop' });
  expect(await mine.getByRole('link', { name: 'Continue' }).count()).toBe(0);
  await mine.getByRole('button', { name: 'Take a fresh desktop' }).waitFor();
});
