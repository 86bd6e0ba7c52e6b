import { errors, type SecondStep } from '@homeroom/protocol';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

/** Have the API answer the password with a second step, and then refuse every code. */
async function openOwing(kind: SecondStep['kind']): Promise<{ page: Page; sent: unknown[] }> {
  const page = await web.open('/');
  const sent: unknown[] = [];
  const secondStep: SecondStep = { ticket: 'a-ticket', kind, expiresAt: '2026-01-01T00:00:00.000Z' };
  const problem = (code: 'second_step_required' | 'second_step_wrong' | 'second_step_over', more = {}) => ({
    status: errors[code].status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ ...errors[code], code, ...more }),
  });
  await page.route('**/api/v1/sign-in', (route) =>
    route.fulfill(problem('second_step_required', { secondStep })),
  );
  await page.route('**/api/v1/sign-in/second-step', (route) => {
    sent.push(route.request().postDataJSON());
    return route.fulfill(problem(sent.length === 1 ? 'second_step_wrong' : 'second_step_over'));
  });
  await page.route('**/api/v1/sign-in/second-step/set-up', (route) =>
    route.fulfill({
      json: { secret: 'GEZDGNBVGY3TQOJQ', uri: 'otpauth://totp/Homeroom:a?secret=GEZDGNBVGY3TQOJQ' },
    }),
  );
  await page.getByLabel('User name').fill('mr-turing');
  await page.getByLabel('Password').fill('teacher');
  await page.keyboard.press('Enter');
  await page.getByLabel('Code').waitFor();
  return { page, sent };
}

test('the sign-in goes on with a code, by the keyboard alone, and says when it is wrong or over', async () => {
  const { page, sent } = await openOwing('code');
  await page.keyboard.type('123456');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('The code is wrong').waitFor();
  await page.keyboard.type('ABCD-EFGH-2345-MNOP');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('took too long').waitFor();
  await page.getByLabel('Password').waitFor();
  expect(sent).toEqual([
    { ticket: 'a-ticket', code: '123456' },
    { ticket: 'a-ticket', code: 'ABCD-EFGH-2345-MNOP' },
  ]);
});

test('who must have a second step gets the QR code, and the secret to type, and may start again', async () => {
  const { page } = await openOwing('set-up');
  const picture = page.getByRole('img', { name: 'QR code for an authenticator app' });
  await picture.waitFor();
  expect((await picture.boundingBox())?.width).toBeGreaterThan(150);
  await page.getByText('No camera at hand?').click();
  await page.getByText('GEZD GNBV GY3T QOJQ').waitFor();
  await page.getByRole('button', { name: 'Start again' }).click();
  await page.getByLabel('User name').waitFor();
});
