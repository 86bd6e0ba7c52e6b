/**
 * A teacher looks at a student's desktop, helps there, and shows it at the seats of the room; the student sees who does
 * what all the while.
 */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { Api } from './support/api.ts';
import { setUpInstallation } from './support/installation.ts';
import { setUpPeople } from './support/people.ts';
import { magenta, paintCommand, red, untilDesktopIs, untilTerminalListens } from './support/pictures.ts';
import { untilSeatShows, untilSeatShowsColour } from './support/seat-screen.ts';

const homeroom = setUpInstallation({ seats: 1 });
const people = setUpPeople();
const device = 'seat-1';
let api: Api;
let student: Page;
let teacher: Page;
let session: string;

beforeAll(async () => {
  api = await homeroom.it.asAdmin();
  const { origin } = homeroom.it;
  student = await people.signIn(origin, 'student', homeroom.it.passwordOf('student'));
  await student.getByRole('button', { name: /Terminal/ }).click();
  await untilTerminalListens(student);
  session = new URL(student.url()).pathname.split('/')[2] ?? '';
  teacher = await people.signIn(origin, 'teacher', homeroom.it.passwordOf('teacher'));
});

it('shows a teacher what the student does, and the student that somebody looks', async () => {
  await teacher.goto(`${homeroom.it.origin}/desktop/${session}?view=watch`);
  await teacher.locator('body[data-state=painted]').waitFor();
  await teacher.getByText('You look at student’s desktop.').waitFor();
  await student.getByText(/looks at this desktop\./).waitFor();
  await student.keyboard.type(`${paintCommand(red)}\n`);
  await untilDesktopIs(teacher, red);
});

it('gives the teacher keyboard and mouse when they take over, and tells the student', async () => {
  await teacher.getByRole('button', { name: 'Take over' }).click();
  await teacher.getByText('You help at student’s desktop.').waitFor();
  await student.getByText(/is helping you\./).waitFor();
  await untilTerminalListens(teacher);
  await teacher.keyboard.type(`${paintCommand(magenta)}\n`);
  await untilDesktopIs(student, magenta);
});

it('takes both back when the teacher gives them back, and the mark when they leave', async () => {
  await teacher.getByRole('button', { name: 'Give back' }).click();
  await student.getByText(/looks at this desktop\./).waitFor();
  await teacher.goto('about:blank');
  await student.locator('#onlookers').waitFor({ state: 'hidden' });
  expect(await api.ask('GET', `/sessions/${session}`)).toMatchObject({ state: 'active', onlookers: [] });
});

it('shows the desktop on the screen of a seat, and ends that for sure', async () => {
  await untilSeatShows(api, device, `/kiosk/${device}`);
  const { items: rooms } = await api.ask('GET', '/rooms');
  const { id } = await api.ask('POST', `/rooms/${rooms[0].id}/broadcast`, { session });
  await untilSeatShows(api, device, `/broadcast/${id}`);
  await untilSeatShowsColour(api, device, { page: student, rgb: magenta.rgb });
  await student.getByText('This desktop is shown in Room 1.').waitFor();
  await api.ask('DELETE', `/sessions/${session}`);
  await untilSeatShows(api, device, `/kiosk/${device}`);
  expect(await api.ask('GET', `/broadcasts/${id}`)).toMatchObject({ endReason: 'source-ended' });
});
