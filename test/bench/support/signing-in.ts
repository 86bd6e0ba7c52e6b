import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { waitFor } from '../../support/wait-for.ts';
import { firstPassword, type RunningHomeroom } from './running-homeroom.ts';

const username = 'student';
const template = 'Linux desktop';
const patienceMs = 20_000;
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-sync',
];

/** How long it took from pressing the sign-in button, in milliseconds. */
export interface Timing {
  /** The desktop's page begins to load. */
  readonly openedMs: number;
  /** Its stream speaks. */
  readonly connectedMs: number;
  /** The first pixels of the desktop stand on it. */
  readonly paintedMs: number;
}

/** A real Chromium, as a person's browser has it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
}

/** Presses sign-in, and then the card of the desktop in the moment that it appears; all by the page's own clock. */
const pressAll = `new Promise((resolve) => {
  const choose = () => {
    const cards = [...document.querySelectorAll('.template-card:not([aria-disabled=true])')];
    const card = cards.find((each) => each.textContent.includes('${template}'));
    if (!card) return false;
    card.click();
    return true;
  };
  const watch = new MutationObserver(() => { if (choose()) watch.disconnect(); });
  watch.observe(document.body, { childList: true, subtree: true, attributes: true });
  resolve(performance.timeOrigin + performance.now());
  document.querySelector('button[type=submit]').click();
})`;

const whenIdle = 'new Promise((resolve) => requestIdleCallback(() => resolve()))';
const isPainted = `performance.getEntriesByName('homeroom:painted').length > 0`;
const marks = `Promise.resolve({
  opened: performance.timeOrigin,
  connected: performance.timeOrigin + performance.getEntriesByName('homeroom:connected')[0].startTime,
  painted: performance.timeOrigin + performance.getEntriesByName('homeroom:painted')[0].startTime,
})`;

/** Ends the session and the sign-in, as the person who had them. */
const leave = `(async () => {
  const { csrfToken } = await (await fetch('/api/v1/me')).json();
  const headers = { 'X-CSRF-Token': csrfToken };
  const id = location.pathname.split('/')[2];
  await fetch('/api/v1/sessions/' + id, { method: 'DELETE', headers });
  await fetch('/api/v1/sign-out', { method: 'POST', headers });
})()`;

/**
 * Sign in on a page that is loaded and shows the form, choose a desktop without a moment's thought, and see it painted.
 * Afterwards everything is as before, but the browser has kept what it loaded.
 *
 * @param path of the page with the form
 */
export async function timeSigningIn(page: Page, homeroom: RunningHomeroom, path: string): Promise<Timing> {
  await page.goto(homeroom.origin + path);
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(firstPassword);
  // Whoever types is slower than what the page does meanwhile.
  await page.evaluate(whenIdle);
  const pressedAt = await page.evaluate<number>(pressAll);
  await page.waitForURL(/\/desktop\//, { timeout: patienceMs });
  await waitFor('the desktop is painted', () => page.evaluate<boolean>(isPainted), patienceMs);
  const at = await page.evaluate<{ opened: number; connected: number; painted: number }>(marks);
  await page.evaluate(leave);
  await homeroom.untilReady('desktop');
  return {
    openedMs: at.opened - pressedAt,
    connectedMs: at.connected - pressedAt,
    paintedMs: at.painted - pressedAt,
  };
}

/** Make a browser the kiosk of a device, as its agent does. */
export async function becomeKiosk(context: BrowserContext, homeroom: RunningHomeroom, agent: string) {
  const { device, password } = await homeroom.credentialOf(agent);
  const response = await fetch(`${homeroom.origin}/api/v1/kiosk/sign-in`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${device}:${password}`)}` },
  });
  if (!response.ok) throw new Error(`kiosk/sign-in: ${response.status}`);
  const { cookie } = JSON.parse(await response.text());
  await context.addCookies([
    { name: cookie.name, value: cookie.value, url: homeroom.origin, httpOnly: true, sameSite: 'Strict' },
  ]);
}
