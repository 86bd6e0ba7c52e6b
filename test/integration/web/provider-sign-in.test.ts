import { join } from 'node:path';
import { OidcSignIn } from '@homeroom/controller/accounts/oidc/oidc-sign-in.ts';
import { OpenIdProvider } from '@homeroom/controller/accounts/oidc/openid-provider.ts';
import { createSealKey, Sealer } from '@homeroom/controller/accounts/second-step/sealer.ts';
import { SecondStepRequired } from '@homeroom/controller/accounts/second-step/second-step-required.ts';
import type { Services } from '@homeroom/controller/http/services.ts';
import { HomeroomError } from '@homeroom/protocol';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { clientId, clientSecret, IdentityServer } from '../../support/identity/identity-server.ts';
import { fakeServices, ids } from '../http/support/fake-services.ts';
import { startTestServer } from '../http/support/test-server.ts';

const webDir = join(import.meta.dirname, '../../../controller/web/dist');
const student = { id: ids.student, username: 'student', displayName: 'Ana', role: 'student' } as const;
const account = { ...student, account: 'student', posixUid: 20_000 };
const button = { name: 'Sign in with School' };

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});
afterAll(() => browser.close());

/** The real HTTP server and pages, a real provider, and one person who is known to both. */
async function setUp(proceed?: Services['accounts']['proceed']) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const identity = await IdentityServer.start({
    people: { ana: {} },
    redirectUris: [`${origin}/sign-in/oidc`],
    signOutUris: [`${origin}/`],
  });
  const entered: string[] = [];
  const oidc = new OidcSignIn({
    db: { query: async <Row>(): Promise<Row[]> => [{} as Row] },
    provider: new OpenIdProvider({ issuer: identity.issuer, clientId, clientSecret, scopes: [] }),
    people: {
      enter: async ({ externalId }) => {
        entered.push(externalId);
        if (externalId !== 'ana') throw new HomeroomError('account_disabled');
        return account;
      },
    },
    sealer: new Sealer(createSealKey()),
    rules: { groupsClaim: 'groups', roles: {} },
    name: 'School',
  });
  const { accounts } = fakeServices();
  const services = { oidc, ...(proceed && { accounts: { ...accounts, proceed } }) };
  const server = await startTestServer({ port, webDir, services });
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 1366, height: 768 } });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  /** At the provider: what is typed there, and what is agreed to. */
  const signInThere = async (login: string) => {
    await page.getByPlaceholder('Enter any login').fill(login);
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
  };
  const dispose = async () => {
    await context.close();
    await server[Symbol.asyncDispose]();
    await identity.stop();
  };
  return { page, origin, identity, entered, refused, signInThere, [Symbol.asyncDispose]: dispose };
}

test('the button leads over the provider to the desktops, and the code out of the address', async () => {
  await using part = await setUp();
  const { page } = part;
  await page.goto('/');
  await page.getByRole('button', button).click();
  await part.signInThere('ana');
  await page.getByRole('heading', { name: 'Choose a desktop' }).waitFor();
  expect(page.url()).toBe(`${part.origin}/`);
  expect(part.entered).toEqual(['ana']);
  expect(part.refused).toEqual([]);
});

test('who came in stays in, although the answer to an older question comes late', async () => {
  await using part = await setUp();
  const { page } = part;
  const late = Promise.withResolvers<void>();
  await page.goto('/');
  await page.getByRole('button', button).click();
  // From here on the page asks who is signed in while its way back from the provider still runs.
  await page.route('**/api/v1/me', async (route) => {
    const answer = await route.fetch();
    if ((await answer.json()).user === null) await late.promise;
    await route.fulfill({ response: answer });
  });
  await part.signInThere('ana');
  await page.getByRole('heading', { name: 'Choose a desktop' }).waitFor();
  const answered = page.waitForResponse('**/api/v1/me');
  late.resolve();
  await answered;
  await page.evaluate('new Promise((resolve) => setTimeout(resolve))');
  expect(await page.getByRole('heading', { name: 'Choose a desktop' }).isVisible()).toBe(true);
});

test('signing out ends the sign-in at the provider, too', async () => {
  await using part = await setUp();
  const { page } = part;
  await page.goto('/');
  await page.getByRole('button', button).click();
  await part.signInThere('ana');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${part.identity.issuer}/**`);
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await page.waitForURL(`${part.origin}/**`);
  await page.getByRole('button', button).click();
  await page.getByPlaceholder('Enter any login').waitFor();
});

test('a refusal is told at the door, where a password is still taken', async () => {
  await using part = await setUp();
  const { page } = part;
  await page.goto('/');
  await page.getByRole('button', button).click();
  await part.signInThere('somebody');
  await page.getByRole('alert').getByText('This account is disabled.').waitFor();
  await page.getByLabel('User name').fill('student');
  await page.getByLabel('Password').fill('right');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Choose a desktop' }).waitFor();
});

test('a provider that is away is told at the door', async () => {
  await using part = await setUp();
  const { page } = part;
  await part.identity.stop();
  await page.goto('/');
  await page.getByRole('button', button).click();
  await page.getByRole('alert').getByText('The sign-in provider does not answer.').waitFor();
  await page.getByRole('button', button).waitFor();
});

test('an answer that this browser did not ask for leads to the door, not in', async () => {
  await using part = await setUp();
  await part.page.goto('/sign-in/oidc?code=guessed&state=guessed');
  await part.page.getByRole('alert').getByText('began in another browser').waitFor();
  expect(part.page.url()).toBe(`${part.origin}/`);
});

test('a code that is owed is asked for after the provider', async () => {
  await using part = await setUp(async () => {
    throw new SecondStepRequired({
      ticket: 't'.repeat(43),
      kind: 'code',
      expiresAt: new Date().toISOString(),
    });
  });
  const { page } = part;
  await page.goto('/');
  await page.getByRole('button', button).click();
  await part.signInThere('ana');
  await page.locator('input[name=code]').waitFor();
});

test('the door fits a laptop and a phone', async () => {
  await using part = await setUp();
  const { page } = part;
  for (const viewport of [
    { width: 1366, height: 768 },
    { width: 360, height: 740 },
  ]) {
    await page.setViewportSize(viewport);
    await page.goto('/');
    const box = await page.getByRole('button', button).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width);
  }
});
