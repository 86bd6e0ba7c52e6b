import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();
const bar = '#view-bar';

/** What axe-core calls serious or critical, with where it is. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160))))`);
}

test.each([
  ['light', 1920, 1080],
  ['dark', 1024, 768],
] as const)(
  'the page of who looks on can be used by everybody, %s, %d wide',
  async (colorScheme, width, height) => {
    const session = web.api.classroom.startSession('ada', 'desktop', null);
    const options = { viewport: { width, height }, colorScheme };
    const page = await web.openAs('mr-turing', `${session.url}?view=watch`, options);
    await page.locator('body[data-state=painted]').waitFor();
    await page.getByText('You look at ada’s desktop.').waitFor();
    expect(await violations(page)).toEqual([]);
    // The bar lies above the picture, and moves nothing when it changes its words.
    const before = await page.locator('#screen').boundingBox();
    const barBefore = await page.locator(bar).boundingBox();
    expect(before?.y).toBe(barBefore?.height);
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('You help at ada’s desktop.').waitFor();
    await page.locator('body[data-state=painted]').waitFor();
    expect([await page.locator('#screen').boundingBox(), await page.locator(bar).boundingBox()]).toEqual([
      before,
      barBefore,
    ]);
    expect(await violations(page)).toEqual([]);
  },
);

test('the mark at the student’s moves nothing and leaves the mouse to the desktop', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const page = await web.openAs('ada', session.url);
  await page.locator('body[data-state=painted]').waitFor();
  const before = await page.locator('#screen').boundingBox();
  const since = new Date(0).toISOString();
  web.api.classroom.changeSession(session.id, {
    onlookers: [{ displayName: 'Mr Turing', isInControl: false, since }],
  });
  const mark = page.getByText('Mr Turing looks at this desktop.');
  await mark.waitFor();
  expect(await page.locator('#screen').boundingBox()).toEqual(before);
  const box = await mark.boundingBox();
  const hit = `document.elementFromPoint(${(box?.x ?? 0) + 10}, ${(box?.y ?? 0) + 10}).closest('#screen') !== null`;
  expect(await page.evaluate(hit)).toBe(true);
  expect(await violations(page)).toEqual([]);
});
