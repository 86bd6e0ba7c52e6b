/**
 * The teacher's dashboard in a browser, through Node-RED and a controller, with thirty seats that are simulated. Where
 * `HOMEROOM_TEST_PICTURES` names a folder, pictures of every page are left there.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '@homeroom/controller/store/database.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type BenchController,
  openControllerDatabase,
  startBenchController,
} from '../bench/support/bench-controller.ts';
import { makeBenchFolder } from '../bench/support/bench-folder.ts';
import { waitFor } from '../support/wait-for.ts';
import { setUpPeople } from './support/people.ts';
import { drawScreens } from './support/screen-pictures.ts';
import { holdPowerOff, letWork, openSimulatedRoom, type SimulatedRoom } from './support/simulated-room.ts';

const seatCount = 30;
const password = 'first password';
const stack = new AsyncDisposableStack();
const people = setUpPeople();
let controller: BenchController;
let db: Database;
let room: SimulatedRoom;
let page: Page;
let origin: string;

beforeAll(async () => {
  const folder = stack.use(await makeBenchFolder());
  const settings = { HOMEROOM_NODE_RED: 'on', HOMEROOM_FIRST_PASSWORD: password };
  controller = stack.use(await startBenchController(folder.path, undefined, settings));
  origin = `http://127.0.0.1:${controller.httpPort}`;
  db = await openControllerDatabase(folder.path);
  stack.defer(() => db.stop());
  page = await people.signIn(origin, 'teacher', password);
  const screens = await drawScreens(page, seatCount);
  room = await openSimulatedRoom({ db, controller, count: seatCount, picture: (n) => screens[n - 1] ?? '' });
  stack.defer(async () => void (await Promise.all(room.seats.map((seat) => seat[Symbol.asyncDispose]()))));
});
afterAll(async () => {
  await page?.close();
  await stack.disposeAsync();
});

const open = (name: string) => page.goto(`${origin}/dashboard/${name}`);
const tile = (seat: string) => page.locator(`[data-seat="${seat}"]`);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const seats = (isSo: (seat: SimulatedRoom['seats'][number]) => boolean) => room.seats.filter(isSo).length;

/** Both sizes, light and dark. */
async function picture(name: string): Promise<void> {
  const folder = process.env.HOMEROOM_TEST_PICTURES;
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [1920, 1080],
      [1024, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      const path = join(folder, `${name}-${colorScheme}-${width}.png`);
      await page.screenshot({ path, animations: 'disabled' });
    }
  }
  await page.setViewportSize({ width: 1920, height: 1080 });
}

it('lets nobody in who is not signed in, and no student', async () => {
  const stranger = await people.open(`${origin}/dashboard/wall`);
  await stranger.getByLabel('User name').waitFor();
  const student = await people.signIn(origin, 'student', password);
  const answer = await student.goto(`${origin}/dashboard/wall`);
  expect(answer?.status()).toBe(403);
  for (const each of [stranger, student]) expect(await each.locator('.hr-widget').count()).toBe(0);
});

it('shows thirty seats, each with what is on its screen', async () => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await open('wall');
  await page.getByText('30 seats').waitFor();
  await page.getByRole('img', { name: 'What Seat 30 shows now' }).waitFor();
  await waitFor('thirty pictures', async () => (await page.locator('.hr-tile img').count()) === seatCount);
});

it('has everything within the width of a phone, the switches of power too', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const name of ['wall', 'power']) {
    await open(name);
    await page.locator('[data-seat="Seat 1"]').waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(390);
  }
  for (const name of ['On', 'Off', 'Cycle']) {
    const box = await tile('Seat 1').getByRole('button', { name, exact: true }).boundingBox();
    expect(box && box.x + box.width).toBeLessThanOrEqual(390);
  }
  await page.setViewportSize({ width: 1920, height: 1080 });
});

it('locks the room and lets it go', async () => {
  await open('attention');
  await button('Lock').click();
  await page.getByText(`${seatCount} of ${seatCount} locked`).waitFor();
  await waitFor('every seat is locked', () => seats(({ desired }) => desired?.lock === true) === seatCount);
  await button('Unlock').click();
  await waitFor('no seat is locked', () => seats(({ desired }) => desired?.lock === true) === 0);
});

it('says something to the room, tells that nobody has read it yet, and takes it back', async () => {
  await page.getByLabel('Text').fill('Please look at the board.');
  await button('Send').click();
  await page.getByText(/read at 0 of \d+/).waitFor();
  const isShown = ({ desired, id }: SimulatedRoom['seats'][number]) => desired?.kiosk.url === `/kiosk/${id}`;
  expect(seats(isShown)).toBe(seatCount);
  await open('wall');
  await tile('Seat 1').getByText('message').waitFor();
  await open('attention');
  await button('Take back').click();
  await page.getByText('taken back', { exact: true }).waitFor();
});

it('starts the class, and tells of the one seat that fails why', async () => {
  const [last] = await db.query<{ id: string }>(`select id from seats where name = 'Seat 30'`);
  await holdPowerOff(controller, room.id, last?.id ?? '');
  await open('class');
  await page.getByRole('combobox', { name: 'Template' }).selectOption({ label: 'Class desktop' });
  await page.getByRole('combobox', { name: 'Group' }).selectOption({ label: 'Class 7a' });
  await button('Preview').click();
  await page.getByText(/^Desktops: \d+ needed/).waitFor();
  await picture('preview');
  await button('Start').click();
  await page.getByText(`${seatCount - 1} of ${seatCount} seats done, 1 failed.`).waitFor();
  const failed = page.locator('tr[data-seat="Seat 30"]');
  await failed.getByText(/^Its power is held off by hand/).waitFor();
  await failed.getByRole('button', { name: 'Try again' }).waitFor();
  await picture('class');
});

it('opens a seat with its desktop, view-only, and everything to do there', async () => {
  await waitFor('Ada J works', () => letWork(db, 'Ada J'));
  await open('wall');
  await tile('Seat 1').getByText('Ada J').waitFor();
  await tile('Seat 1').click();
  const panel = page.getByRole('dialog', { name: 'Seat 1' });
  await panel.getByTitle('The desktop of Ada J').waitFor();
  expect(await panel.getByTitle('The desktop of Ada J').getAttribute('src')).toMatch(/\?view=watch$/);
  for (const name of ['Lock', 'Identify', 'Restart', 'End desktop', 'Send'])
    await panel.getByRole('button', { name, exact: true }).waitFor();
  await panel.frameLocator('iframe').getByRole('button', { name: 'Take over' }).waitFor();
  await picture('seat');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
});

it('moves a desktop to another seat by dragging it there, and back', async () => {
  await tile('Seat 1').dragTo(tile('Seat 29'));
  await page.getByText('Ada J is at Seat 29 now.').waitFor();
  await tile('Seat 29').getByText('Ada J').waitFor();
  await tile('Seat 1').getByText('Nobody').waitFor();
  await button('Move back').click();
  await tile('Seat 1').getByText('Ada J').waitFor();
});

it('shows a student’s desktop to everybody, and stops', async () => {
  await open('attention');
  await page.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Ada J at Seat 1' });
  await button('Show it').click();
  await page.getByText('The desktop of Ada J is shown').waitFor();
  const sees = ({ desired }: SimulatedRoom['seats'][number]) =>
    desired?.kiosk.url.startsWith('/broadcast/') === true;
  await waitFor('all others see it', () => seats(sees) === seatCount - 1);
  await picture('attention');
  await open('wall');
  await tile('Seat 2').getByText('sees the broadcast').waitFor();
  await waitFor('thirty pictures', async () => (await page.locator('.hr-tile img').count()) === seatCount);
  await picture('wall');
  await open('attention');
  await button('Stop the broadcast').click();
  await waitFor('nobody sees it any more', () => seats(sees) === 0);
});

it('keeps where a teacher put the seats, by keyboard too', async () => {
  await open('wall');
  await button('Arrange seats').click();
  const seat = page.getByRole('button', { name: /^Seat 30, / });
  await seat.focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: 'Seat 30, column 8, row 6; arrow keys move it' }).waitFor();
  await picture('arrange');
  await button('Save the plan').click();
  await button('Arrange seats').waitFor();
  await waitFor('the plan is kept', async () => {
    const placed = await db.query('select from seats where x is not null');
    return placed.length === seatCount;
  });
  await picture('plan');
});

it('tells the truth of power, and what a room without lessons may do', async () => {
  await open('power');
  await page.locator('tr[data-seat="Seat 1"]').getByText('on', { exact: true }).waitFor();
  await picture('power');
  await open('lessons');
  await page.getByText('Room 1 has no lesson today').waitFor();
});

it('teaches a teacher without rooms', async () => {
  await db.query('delete from room_teachers');
  await open('wall');
  await page.getByRole('heading', { name: 'No room is yours yet' }).waitFor();
  await picture('no-rooms');
});
