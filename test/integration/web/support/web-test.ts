import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { FakeApi, type FakeApiOptions } from '../../../support/fake-api.ts';

const webDir = join(import.meta.dirname, '../../../../controller/web/dist');
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-sync',
];

/** What a test of the pages has: a fresh fake controller for each test, one browser for the file. */
export interface WebTest {
  readonly api: FakeApi;
  /** A page of a fresh browser profile. */
  readonly open: (path: string, options?: BrowserContextOptions) => Promise<Page>;
  /** The same, on the kiosk of a device. */
  readonly openKiosk: (device: string, path?: string) => Promise<Page>;
  /** The same, signed in. */
  readonly openAs: (username: string, path: string, options?: BrowserContextOptions) => Promise<Page>;
}

/** Sets the browser and the fake controller up around the tests of a file. */
export function setUpWebTest(options: Partial<FakeApiOptions> = {}): WebTest {
  let api = new FakeApi({ webDir, ...options });
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    api = new FakeApi({ webDir, ...options });
    const current = api;
    await current.start();
    return async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await current.stop();
    };
  });

  const open: WebTest['open'] = async (path, contextOptions = {}) => {
    const context = await browser.newContext({ baseURL: api.origin, ...contextOptions });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    await page.goto(path);
    return page;
  };
  return {
    get api() {
      return api;
    },
    open,
    openAs: async (username, path, contextOptions = {}) => {
      const user = api.classroom.users.find((each) => each.username === username);
      if (!user) throw new Error(`there is no user ${username}`);
      const { value } = api.signIns.add(user, null);
      const storageState = { cookies: [cookie('session', value)], origins: [] };
      return open(path, { storageState, ...contextOptions });
    },
    openKiosk: (device, path = `/kiosk/${device}`) =>
      open(path, { storageState: { cookies: [cookie('kiosk', device)], origins: [] } }),
  };
}

function cookie(name: string, value: string) {
  return {
    name,
    value,
    domain: '127.0.0.1',
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Strict' as const,
  };
}
