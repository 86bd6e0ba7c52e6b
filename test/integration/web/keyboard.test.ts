import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

/** More than any page of the walk has. */
const mostPresses = 60;

/** Press Tab until an element that says so has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < mostPresses; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(`document.activeElement?.matches('${selector}')`)) === true) return;
  }
  throw new Error(`${selector} was not reached`);
}

const focusIsSeen = `(() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle !== 'none' && outlineWidth !== '0px';
})()`;

test('an admin walks the main pages by the keyboard alone', async () => {
  const page = await web.openAs('admin', '/', { viewport: { width: 1366, height: 768 } });
  await page.getByRole('heading', { name: 'Choose a desktop' }).waitFor();
  const walk = [
    ['/rooms', 'Rooms'],
    ['/sessions', 'Sessions'],
    ['/pools', 'Pools'],
    ['/templates', 'Templates'],
    ['/audit', 'Audit'],
    ['/settings', 'Settings'],
  ] as const;
  for (const [path, title] of walk) {
    await tabTo(page, `nav a[href="${path}"]`);
    expect(await page.evaluate(focusIsSeen)).toBe(true);
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 1, name: title, exact: true });
    await heading.waitFor();
    await until('the title has the focus', async () =>
      Boolean(await page.evaluate('document.activeElement?.tagName === "H1"')),
    );
    // Back to the window's top, as whoever loads the page anew.
    await page.goto(path);
    await heading.waitFor();
  }
});

test('the first Tab of a page offers to skip what stands before it', async () => {
  const page = await web.openAs('admin', '/pools', { viewport: { width: 1366, height: 768 } });
  await page.getByRole('row', { name: /Terminal/ }).waitFor();
  await page.evaluate('document.activeElement?.blur()');
  await page.getByRole('link', { name: 'Skip to the page' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.querySelector("main").contains(document.activeElement)')).toBe(true);
});

test('on a phone the pages are in a menu that keeps the focus and closes when one is chosen', async () => {
  const page = await web.openAs('admin', '/', { viewport: { width: 390, height: 844 } });
  const button = page.getByRole('button', { name: 'Pages' });
  await button.focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('dialog', { name: 'Pages' });
  await menu.waitFor();
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await until('the button has the focus again', async () =>
    Boolean(await page.evaluate('document.activeElement?.getAttribute("aria-haspopup") === "dialog"')),
  );
  await page.keyboard.press('Enter');
  await menu.getByRole('link', { name: 'Pools' }).press('Enter');
  await menu.waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: 'Pools' }).waitFor();
});
