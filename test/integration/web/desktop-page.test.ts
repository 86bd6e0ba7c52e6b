import { expect, test } from 'vitest';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

/** A desktop that Ada sees. */
async function openDesktop() {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const page = await web.openAs('ada', session.url);
  await page.locator('body[data-state=painted]').waitFor();
  return { session, page };
}

test('keys that are typed reach the desktop without a click', async () => {
  const { page } = await openDesktop();
  await page.keyboard.press('a');
  await until('the key has come', () => web.api.vnc.keys.includes('a'.charCodeAt(0)));
});

test('a stream that breaks comes back by itself', async () => {
  const { page } = await openDesktop();
  web.api.vnc.closeAll(4502, 'stream_closed');
  await page.getByRole('heading', { name: 'The desktop’s screen was closed' }).waitFor();
  await page.locator('body[data-state=painted]').waitFor();
});

test('a controller that goes away and comes back is survived', async () => {
  const { page } = await openDesktop();
  web.api.goAway();
  await page.getByRole('heading', { name: 'The connection was lost' }).waitFor();
  await page.locator('body[data-state=disconnected]').waitFor();
  web.api.comeBack();
  await page.locator('body[data-state=painted]').waitFor();
});

test('whoever waits sees the way to the desktop, and the ways out', async () => {
  const waiting = web.api.classroom.startSession('ada', 'terminal', null);
  waiting.steps = [
    { name: 'queued', state: 'now', at: null },
    { name: 'found', state: 'next', at: null },
  ];
  const page = await web.openAs('ada', waiting.url);
  await page.getByRole('heading', { name: 'Waiting for a desktop' }).waitFor();
  await page.getByRole('list', { name: 'On the way to your desktop' }).waitFor();
  await page.getByRole('button', { name: 'Choose another desktop' }).click();
  await page.waitForURL(`${web.api.origin}/`);
  await page.goto(waiting.url);
  await page.getByRole('button', { name: 'Stop waiting' }).click();
  await page.waitForURL(`${web.api.origin}/`);
  expect(web.api.classroom.sessions.find(({ id }) => id === waiting.id)?.state).toBe('ended');
});

test('an end by a teacher says so and offers to choose again', async () => {
  const { session, page } = await openDesktop();
  // The gateway closes the stream before the change is told.
  web.api.vnc.closeAll(4410, 'session_ended');
  await page.getByRole('heading', { name: 'This desktop has ended' }).waitFor();
  web.api.classroom.endSession(session.id, 'teacher');
  await page.getByText('A teacher ended it.').waitFor();
  expect(await page.locator('body').getAttribute('data-state')).toBe('ended');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Choose a desktop' }).waitFor();
});

test('a desktop that is not there yet opens as soon as it is', async () => {
  const session = web.api.classroom.startSession('ada', 'terminal', null);
  const page = await web.openAs('ada', session.url);
  await page.getByText('You are next.').waitFor();
  Object.assign(session, { state: 'starting', place: null });
  web.api.classroom.announce({ kind: 'session', id: session.id });
  await page.locator('body[data-state=painted]').waitFor();
});

test('somebody else’s address tells nothing but that it is not yours', async () => {
  const page = await web.openAs('ada', '/desktop/6f0f2c1e-0000-4000-8000-000000000000');
  await page.getByRole('heading', { name: 'This is not your desktop' }).waitFor();
});

test('without a sign-in the door comes first, and then the desktop', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const page = await web.open(session.url);
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password').fill('student');
  await page.keyboard.press('Enter');
  await page.locator('body[data-state=painted]').waitFor();
  expect(page.url()).toContain(session.url);
});

test('the bar is reached by Ctrl+Alt+Shift, and Escape gives the keys back to the desktop', async () => {
  const { page } = await openDesktop();
  await page.keyboard.press('Control+Alt+Shift');
  await page.getByRole('button', { name: 'Full screen' }).waitFor();
  await until(
    'the first button has the focus',
    async () => (await page.evaluate('document.activeElement.id')) === 'bar-fullscreen',
  );
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  await until('the key has come', () => web.api.vnc.keys.includes('b'.charCodeAt(0)));
});

test('text goes both ways by the clipboard dialog', async () => {
  const { page } = await openDesktop();
  web.api.vnc.copy('from the desktop');
  await page.keyboard.press('Control+Alt+Shift');
  await page.getByRole('button', { name: 'Clipboard' }).click();
  const field = page.getByLabel('Text to copy between this computer and the desktop');
  await until('the text has come', async () => (await field.inputValue()) === 'from the desktop');
  await field.fill('from here');
  await page.getByRole('button', { name: 'Send' }).click();
  await until('the text has gone', () => web.api.vnc.pasted.includes('from here'));
});

test('the page asks for its ticket before noVNC is there', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const page = await web.openAs('ada', '/');
  let isTicketAsked = false;
  // noVNC is held back until the ticket's request has been seen: a page that asks later never gets on.
  await page.route('**/assets/screen-*.js', async (route) => {
    await until('the ticket is asked for', () => isTicketAsked);
    await route.continue();
  });
  page.on('request', (request) => {
    if (request.url().endsWith('/tickets')) isTicketAsked = true;
  });
  await page.goto(session.url);
  await page.locator('body[data-state=painted]').waitFor();
});

test('keeping both clipboards in step is confirmed, or refused in words', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const page = await web.openAs('ada', session.url);
  await page.locator('body[data-state=painted]').waitFor();
  await page.keyboard.press('Control+Alt+Shift');
  await page.getByRole('button', { name: 'Clipboard' }).click();
  await page.getByRole('button', { name: 'Keep both in step' }).click();
  await page.getByText('The browser does not let this page read the clipboard.').waitFor();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Keep both in step' }).click();
  await page.getByText('Both are in step now').waitFor();
});

test('in full screen the button leaves it', async () => {
  const { page } = await openDesktop();
  await page.keyboard.press('Control+Alt+Shift');
  await page.getByRole('button', { name: 'Full screen', exact: true }).click();
  await page.keyboard.press('Control+Alt+Shift');
  await page.getByRole('button', { name: 'Leave full screen' }).click();
  await page.keyboard.press('Control+Alt+Shift');
  await page.getByRole('button', { name: 'Full screen', exact: true }).waitFor();
});

test('a phone’s keyboard types on the desktop', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const page = await web.open('/', { hasTouch: true, viewport: { width: 390, height: 844 } });
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password').fill('student');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.locator('body[data-state=painted]').waitFor();
  expect(page.url()).toContain(session.url);
  await page.locator('#bar-handle').tap();
  await page.getByRole('button', { name: 'Keyboard' }).tap();
  await page.keyboard.insertText('ł');
  await page.keyboard.press('Backspace');
  await until('the keys have come', () => web.api.vnc.keys.includes(0x01000142));
  await until('the deletion has come', () => web.api.vnc.keys.includes(0xff08));
});
