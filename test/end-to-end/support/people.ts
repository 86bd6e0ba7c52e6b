import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];
/** The machine may be busy with starting browsers. */
const timeoutMs = 45_000;

export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** People with a browser each. */
export interface People {
  /** A page of a fresh browser profile. */
  open(url: string, cookie?: Cookie): Promise<Page>;
  /** The same, signed in at the portal. */
  signIn(origin: string, username: string, password: string | undefined): Promise<Page>;
}

/** One real browser for all tests of a file. */
export function setUpPeople(): People {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  });
  afterAll(() => browser?.close());

  const open: People['open'] = async (url, cookie) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    context.setDefaultTimeout(timeoutMs);
    if (cookie) await context.addCookies([{ ...cookie, url: new URL(url).origin }]);
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  return {
    open,
    async signIn(origin, username, password) {
      if (password === undefined) throw new Error(`no password of ${username} was shown`);
      const page = await open(`${origin}/`);
      await typeSignIn(page, username, password);
      await page.getByRole('heading', { name: 'Choose a desktop' }).waitFor();
      return page;
    },
  };
}

/** Fill in the door of the portal, or of a seat. */
export async function typeSignIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
}
