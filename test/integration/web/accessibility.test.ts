import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

/** What every page owes: names for all that can be operated, one title, no unlabelled picture, no repeated id. */
const faultsOfPage = `(() => {
  const faults = [];
  const isShown = (element) => element.checkVisibility();
  for (const element of document.querySelectorAll('button, a[href], input, select, textarea, [role=switch]')) {
    if (!isShown(element)) continue;
    const named = element.getAttribute('aria-label') || element.textContent.trim() || element.labels?.[0]?.textContent;
    if (!named) faults.push('no name: ' + element.outerHTML.slice(0, 120));
  }
  for (const image of document.images) if (!image.hasAttribute('alt')) faults.push('no alt: ' + image.src);
  const titles = [...document.querySelectorAll('h1')].filter(isShown);
  if (titles.length !== 1) faults.push(titles.length + ' titles');
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids)) if (ids.filter((each) => each === id).length > 1) faults.push('id twice: ' + id);
  if (!document.querySelector('main')) faults.push('no main');
  if (!document.documentElement.lang) faults.push('no language');
  if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than the window');
  return faults;
})()`;

const faults = (page: Page) => page.evaluate(faultsOfPage);

/** What axe-core calls serious or critical, with where it is. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160))))`);
}

const adminPages = [
  '/',
  '/rooms',
  '/sessions',
  '/lessons',
  '/templates',
  '/templates/desktop',
  '/pools',
  '/findings',
  '/seats',
  '/devices',
  '/enrolment',
  '/people',
  '/groups',
  '/limits',
  '/audit',
  '/settings',
  '/tokens',
  '/security',
  '/simulator/pi-1',
];

test('every page of the portal can be used with a screen reader, also on a phone', async () => {
  const room = web.api.classroom.rooms[0]?.id;
  for (const viewport of [
    { width: 1366, height: 768 },
    { width: 390, height: 844 },
  ]) {
    for (const path of [...adminPages, `/rooms/${room}`]) {
      const page = await web.openAs('admin', path, { viewport });
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('load');
      expect({ path, width: viewport.width, faults: await faults(page) }).toEqual({
        path,
        width: viewport.width,
        faults: [],
      });
      await page.context().close();
    }
  }
});

test('axe-core finds nothing serious on any page of the portal, in light and in dark', async () => {
  const { classroom } = web.api;
  classroom.startSession('ada', 'terminal', classroom.seats[0]?.id ?? null);
  classroom.admin.log('admin', 'room.rename', { before: { name: 'Room 1' }, after: { name: 'Physics' } });
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await web.openAs('admin', '/', { viewport: { width: 1366, height: 768 }, colorScheme });
    for (const path of [...adminPages, `/rooms/${classroom.rooms[0]?.id}`]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForFunction('!document.body.innerText.includes("Loading")');
      expect({ path, colorScheme, found: await violations(page) }).toEqual({ path, colorScheme, found: [] });
    }
    await page.context().close();
  }
});

test('axe-core finds nothing serious where a student waits, nor in a dialog', async () => {
  web.api.classroom.startSession('ada', 'terminal', null);
  const student = await web.openAs('ada', '/');
  await student.getByText('You are next.').waitFor();
  expect(await violations(student)).toEqual([]);
  const admin = await web.openAs('admin', '/templates');
  await admin.getByRole('button', { name: 'Make a template' }).click();
  await admin.getByRole('dialog').waitFor();
  expect(await violations(admin)).toEqual([]);
});

test('sign-in, seat and desktop pages can, too', async () => {
  const signIn = await web.open('/');
  await signIn.getByLabel('User name').waitFor();
  expect(await faults(signIn)).toEqual([]);
  const kiosk = await web.openKiosk('pi-1');
  await kiosk.getByLabel('User name').waitFor();
  expect(await faults(kiosk)).toEqual([]);
  const desktop = await web.openAs('ada', '/desktop/6f0f2c1e-0000-4000-8000-000000000000');
  await desktop.getByRole('heading', { name: 'This is not your desktop' }).waitFor();
  expect(await faults(desktop)).toEqual([]);
});

test('a dialog keeps the focus inside and gives it back', async () => {
  const page = await web.openAs('mr-turing', `/rooms/${web.api.classroom.rooms[0]?.id}`);
  const button = page
    .getByRole('toolbar', { name: 'Tools for Seat 1' })
    .getByRole('button', { name: 'Message' });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  const isFocused = async (selector: string) =>
    (await page.evaluate(`document.activeElement?.matches('${selector}')`)) === true;
  await until('the field has the focus', () => isFocused('textarea'));
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        'document.activeElement === document.body || !!document.activeElement.closest("dialog")',
      ),
    ).toBe(true);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await until('the button has the focus again', () => isFocused('[aria-label="Message"]'));
});

test('no page breaks the content security policy', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const pages = [
    await web.openAs('admin', `/rooms/${web.api.classroom.rooms[0]?.id}`),
    await web.openKiosk('pi-2'),
    await web.openAs('ada', session.url),
  ];
  for (const page of pages) {
    const refused: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text());
    });
    await page.reload({ waitUntil: 'load' });
    await page.locator('h1, canvas').first().waitFor({ state: 'attached' });
    expect(refused).toEqual([]);
  }
});
