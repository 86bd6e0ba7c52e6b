/**
 * Who logs in on a seat's own page gets the desktop on that seat's screen; it follows to the next seat, and a seat is free
 * again after it.
 */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import type { Api } from './support/api.ts';
import { setUpInstallation } from './support/installation.ts';
import { kioskCookie } from './support/kiosk-cookie.ts';
import { setUpPeople, typeSignIn } from './support/people.ts';
import { magenta, paintCommand, red, untilDesktopIs, untilTerminalListens } from './support/pictures.ts';
import { untilSeatShows, untilSeatShowsColour } from './support/seat-screen.ts';

const homeroom = setUpInstallation({ seats: 2 });
const people = setUpPeople();
const device = 'seat-1';
let api: Api;
let page: Page;
let session: { id: string; seat: string };

beforeAll(async () => {
  api = await homeroom.it.asAdmin();
  await untilSeatShows(api, device, `/kiosk/${device}`);
});

it('asks at the seat who wants to work there', async () => {
  // A second browser has the seat's identity and its page, because of the seat's own one only a picture is seen.
  const cookie = await kioskCookie(homeroom.it, device);
  page = await people.open(`${homeroom.it.origin}/kiosk/${device}`, cookie);
  await page.getByText('Seat 1').waitFor();
  await typeSignIn(page, 'student', homeroom.it.passwordOf('student') ?? '');
  await page.getByRole('button', { name: /Terminal/ }).click();
  await page.locator('body[data-state=painted]').waitFor();
});

it('puts the desktop on the screen of that seat', async () => {
  [session] = (await api.ask('GET', '/sessions?state=live')).items;
  const [seat] = (await api.ask('GET', '/seats')).items;
  expect(session).toMatchObject({ username: 'student', template: 'terminal', seat: seat.id });
  expect(seat.session).toBe(session.id);
  await untilSeatShows(api, device, `/desktop/${session.id}`);
});

it('shows there what the student does', async () => {
  await untilTerminalListens(page);
  await page.keyboard.type(`${paintCommand(red)}\n`);
  await untilDesktopIs(page, red);
  await untilSeatShowsColour(api, device, { page, rgb: red.rgb });
});

it('follows the student to the next seat, as it is, and leaves the first one free', async () => {
  const cookie = await kioskCookie(homeroom.it, 'seat-2');
  const next = await people.open(`${homeroom.it.origin}/kiosk/seat-2`, cookie);
  await typeSignIn(next, 'student', homeroom.it.passwordOf('student') ?? '');
  await next.locator('body[data-state=painted]').waitFor();
  expect(next.url()).toContain(`/desktop/${session.id}`);
  await untilDesktopIs(next, red);
  await untilSeatShows(api, 'seat-2', `/desktop/${session.id}`);
  await untilSeatShowsColour(api, 'seat-2', { page: next, rgb: red.rgb });
  await untilSeatShows(api, device, `/kiosk/${device}`);
  expect((await api.ask('GET', '/sessions?state=live')).items).toMatchObject([
    { id: session.id, state: 'active' },
  ]);
  // Nobody may see the desktop, or go on as the student, at a seat that the student has left.
  await page
    .getByText(/Your desktop moved to Seat 2/)
    .first()
    .waitFor();
  await page.getByLabel('User name').waitFor();
  await page.close();
  page = next;
});

it('returns to the seat’s own page when the session ends, signed out', async () => {
  await page.keyboard.press('Control+Alt+Shift');
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByLabel('User name').waitFor();
  await untilSeatShows(api, 'seat-2', '/kiosk/seat-2');
  expect(await api.ask('GET', `/sessions/${session.id}`)).toMatchObject({
    state: 'ended',
    endReason: 'logout',
  });
  const me = await (await page.request.get(`${homeroom.it.origin}/api/v1/me`)).json();
  expect(me).toMatchObject({ user: null, kiosk: { device: 'seat-2' } });
});

it('lets an admin log in as if seated there, from the room’s page', async () => {
  const admin = await people.signIn(homeroom.it.origin, 'admin', homeroom.it.passwordOf('admin'));
  await admin.getByRole('link', { name: 'Rooms' }).click();
  await admin.getByRole('link', { name: /Room 1/ }).click();
  const tools = admin.getByRole('toolbar', { name: 'Tools for Seat 1' });
  await tools.getByRole('button', { name: 'Log in as seated here' }).click();
  await admin
    .getByRole('dialog')
    .getByRole('button', { name: /Terminal/ })
    .click();
  await admin.getByText('Your desktop is on its way to Seat 1.').waitFor();

  const own = await waitFor('the admin’s session', async () => {
    const { items } = await api.ask('GET', '/sessions?state=live');
    return items.find(({ username }: { username: string }) => username === 'admin');
  });
  await untilSeatShows(api, device, `/desktop/${own.id}`);
  await admin.goto(`${homeroom.it.origin}/desktop/${own.id}`);
  await untilTerminalListens(admin);
  await admin.keyboard.type(`${paintCommand(magenta)}\n`);
  await untilSeatShowsColour(api, device, { page: admin, rgb: magenta.rgb });
  await api.ask('DELETE', `/sessions/${own.id}`);
  await untilSeatShows(api, device, `/kiosk/${device}`);
});
