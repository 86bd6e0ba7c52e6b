/**
 * At a seat's own browser, with the keyboard and the mouse of its own board, a student signs in and works. What is judged is
 * the picture of that browser and the page that it reports; no other browser has the seat's identity.
 */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import type { Api } from './support/api.ts';
import { setUpInstallation } from './support/installation.ts';
import { openInstallationDatabase } from './support/installation-database.ts';
import { setUpPeople } from './support/people.ts';
import { type Rgb, red, shareOfPicture } from './support/pictures.ts';
import { untilSeatShows } from './support/seat-screen.ts';

const homeroom = setUpInstallation({ seats: 1 });
const people = setUpPeople();
const device = 'seat-1';
const timeoutMs = 60_000;
/** Of the button that signs in; nothing else of a seat's page has so much of it. */
const buttonRgb = [12, 107, 94] as const;
const buttonShare = 0.01;
let api: Api;
/** An admin's page of the simulated board: its field and its picture are all that is used of it. */
let board: Page;
let picture: Locator;
let session: { readonly id: string };

beforeAll(async () => {
  api = await homeroom.it.asAdmin();
  // One thing to choose from: only the picture tells where it stands.
  const db = await openInstallationDatabase(homeroom.it);
  await db.query(`update templates set withdrawn_at = now() where id <> 'terminal'`);
  await db.stop();
  await untilSeatShows(api, device, `/kiosk/${device}`);
  board = await people.signIn(homeroom.it.origin, 'admin', homeroom.it.passwordOf('admin'));
  await board.goto(`${homeroom.it.origin}/simulator/${device}`);
  picture = board.getByRole('button', { name: 'What Seat 1 shows now' });
});

async function type(text: string, key: 'Tab' | 'Enter'): Promise<void> {
  const field = board.getByLabel('Type on this seat’s keyboard');
  await field.fill(text);
  await board.getByRole('button', { name: key, exact: true }).click();
  await waitFor('it is typed', async () => (await field.inputValue()) === '', timeoutMs);
}

/** @param place on the seat's screen, each from 0 to 1 */
async function click(place: { x: number; y: number }): Promise<void> {
  const box = await picture.boundingBox();
  if (!box) throw new Error('the picture has no place');
  await picture.click({ position: { x: box.width * place.x, y: box.height * place.y } });
}

/** @returns which share of the seat's screen has a colour */
async function shareOfScreen(rgb: Rgb): Promise<number> {
  return shareOfPicture(board, await api.snapshot(device), rgb);
}

it('lets a student sign in with the keyboard of the seat', async () => {
  const isAsked = async () => (await shareOfScreen(buttonRgb)) > buttonShare;
  await waitFor('the seat asks who wants to work there', isAsked, timeoutMs);
  await type('student', 'Tab');
  await type(homeroom.it.passwordOf('student') ?? '', 'Enter');
  await waitFor('the seat asks no more', async () => !(await isAsked()), timeoutMs);
});

it('lets the student pick a desktop with the mouse of the seat', async () => {
  const places = [0.4, 0.5, 0.6, 0.7].flatMap((y) => [0.2, 0.5, 0.8].map((x) => ({ x, y })));
  let clicks = 0;
  session = await waitFor(
    'a session begins',
    async () => {
      // The one card is somewhere in the middle of the page; a click beside it, or before it is there, hits nothing.
      await click(places[clicks % places.length] ?? { x: 0.5, y: 0.5 });
      clicks += 1;
      return (await api.ask('GET', '/sessions?state=live')).items[0];
    },
    timeoutMs,
  );
  const [seat] = (await api.ask('GET', '/seats')).items;
  expect(session).toMatchObject({ username: 'student', template: 'terminal', seat: seat.id });
  await untilSeatShows(api, device, `/desktop/${session.id}`);
});

it('carries what is typed at the seat to the desktop that stands there', async () => {
  await waitFor(
    'the desktop on the seat is painted',
    async () => {
      // Again and again: what is typed before the terminal listens is nobody's. No quotes: half of a command would open one.
      await type(`tput setab ${red.number}; clear`, 'Enter');
      return (await shareOfScreen(red.rgb)) > 0.5;
    },
    timeoutMs,
  );
  await untilSeatShows(api, device, `/desktop/${session.id}`);
  expect(await api.ask('GET', `/sessions/${session.id}`)).toMatchObject({ state: 'active' });
});
