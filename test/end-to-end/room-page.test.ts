/** The room's page against real seats: what it shows is what they report, what it asks is what they do. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import type { Api } from './support/api.ts';
import { setUpInstallation } from './support/installation.ts';
import { setUpPeople } from './support/people.ts';
import {
  untilSeatLooks,
  untilSeatSettles,
  untilSeatShows,
  untilSeatShowsColour,
} from './support/seat-screen.ts';

const homeroom = setUpInstallation({ seats: 3 });
const people = setUpPeople();
const device = 'seat-1';
/** The ground of the name that identifies a seat. */
const identifyGround = [18, 35, 46] as const;
/** The ground of a seat’s own page by day. */
const kioskGround = [242, 245, 242] as const;
let api: Api;
let page: Page;
let seat: Locator;
let tools: Locator;
/** What Seat 1 shows when nobody has asked for anything. */
let ownPage: Buffer;

beforeAll(async () => {
  api = await homeroom.it.asAdmin();
  for (const id of ['seat-1', 'seat-2', 'seat-3']) await untilSeatShows(api, id, `/kiosk/${id}`);
  page = await people.signIn(homeroom.it.origin, 'admin', homeroom.it.passwordOf('admin'));
  await page.getByRole('link', { name: 'Rooms' }).click();
  await page.getByRole('link', { name: /Room 1/ }).click();
  seat = page.getByRole('article', { name: 'Seat 1' });
  tools = page.getByRole('toolbar', { name: 'Tools for Seat 1' });
  // The form must be there: a picture of a page that still loads is like nothing.
  await untilSeatShowsColour(api, device, { page, rgb: kioskGround });
  ownPage = await untilSeatSettles(api, device);
});

const button = (name: string) => tools.getByRole('button', { name, exact: true });
const looks = (likeness: 'like' | 'unlike') => untilSeatLooks(likeness, ownPage, { api, device, page });
const untilReported = (what: string, isSo: (reported: Reported) => boolean) =>
  waitFor(what, async () => isSo((await api.ask('GET', `/devices/${device}`)).reported), 45_000);
interface Reported {
  readonly screen: { readonly power: string };
  readonly lock: boolean;
}

it('shows three seats live, each with a picture, its plugs and the page that it shows', async () => {
  for (const name of ['Seat 1', 'Seat 2', 'Seat 3']) {
    const card = page.getByRole('article', { name });
    await card.getByRole('img', { name: `What ${name} shows now` }).waitFor();
    await card.getByText('Free', { exact: true }).waitFor();
    await card.getByText('seat page', { exact: true }).waitFor();
    for (const fact of ['HDMI', 'TV', 'Input']) await card.getByText(fact, { exact: true }).waitFor();
  }
});

it('says that HDMI was unplugged at a simulated board, and plugged in again', async () => {
  const board = await page.context().newPage();
  await board.goto(`${homeroom.it.origin}/simulator/${device}`);
  const plug = board.getByRole('switch', { name: 'HDMI-A-1 plugged in' });
  await plug.click();
  await seat.getByText('nothing plugged in').waitFor();
  await plug.click();
  await seat.getByText('nothing plugged in').waitFor({ state: 'detached' });
  await board.close();
});

it('makes a seat show its name', async () => {
  const others = page.getByRole('toolbar', { name: 'Tools for Seat 2' });
  await others.getByRole('button', { name: 'Identify' }).click();
  await page.getByText('Seat 2 shows its name now.').waitFor();
  await untilSeatShowsColour(api, 'seat-2', { page, rgb: identifyGround });
});

it('switches a screen off and on', async () => {
  await button('Screen off').click();
  await untilReported('the screen is off', ({ screen }) => screen.power === 'off');
  await seat.getByText(/^standby/).waitFor();
  await button('Screen on').click();
  await untilReported('the screen is on', ({ screen }) => screen.power === 'on');
  await button('Screen off').waitFor();
});

it('locks a seat and unlocks it', async () => {
  await button('Lock').click();
  await untilReported('the seat is locked', ({ lock }) => lock);
  await looks('unlike');
  await seat.getByText('Locked', { exact: true }).waitFor();
  await button('Unlock').click();
  await untilReported('the seat is unlocked', ({ lock }) => !lock);
  await looks('like');
});

it('pushes a page and takes it back', async () => {
  await button('Show a page').click();
  await page.getByLabel('Address').fill('/simulator/seat-1');
  await page.getByRole('button', { name: 'Show it' }).click();
  await untilSeatShows(api, device, '/simulator/seat-1');
  await looks('unlike');
  await seat.getByText('Shows a page', { exact: true }).waitFor();
  await button('Show a page').click();
  await page.getByRole('button', { name: 'Take the page back' }).click();
  await untilSeatShows(api, device, `/kiosk/${device}`);
  await looks('like');
});

it('tells why a page of a stranger is not shown', async () => {
  await button('Show a page').click();
  await page.getByLabel('Address').fill('https://example.org/');
  await page.getByRole('button', { name: 'Show it' }).click();
  const kiosk = await waitFor('the fault is reported', async () => {
    const { reported } = await api.ask('GET', `/devices/${device}`);
    return reported.kiosk.error ? reported.kiosk : undefined;
  });
  expect(kiosk.error.code).toBe('kiosk_url_not_allowed');
  await seat.getByText('example.org is not shown').waitFor();
  await button('Show a page').click();
  await page.getByRole('button', { name: 'Take the page back' }).click();
  await seat.getByText('seat page', { exact: true }).waitFor();
  await looks('like');
});

it('shows a message on a seat until it is taken back', async () => {
  await button('Message').click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Please save your work.');
  await page.getByRole('button', { name: 'Send' }).click();
  await looks('unlike');
  await button('Message').click();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await looks('like');
});

it('has taken the name of the identified seat away meanwhile', async () => {
  await untilSeatShowsColour(api, 'seat-2', { page, rgb: kioskGround });
});
