/**
 * The power of a room goes and comes back: agents and browsers of all seats die at once, and each seat shows its student's
 * desktop again by itself, as it was. Then a teacher moves a desktop, and both seats say where it is.
 */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import type { Api } from './support/api.ts';
import type { FoundProcess } from './support/found-processes.ts';
import { setUpInstallation } from './support/installation.ts';
import { kioskCookie } from './support/kiosk-cookie.ts';
import { setUpPeople, typeSignIn } from './support/people.ts';
import {
  magenta,
  type Paint,
  paintCommand,
  red,
  untilDesktopIs,
  untilTerminalListens,
} from './support/pictures.ts';
import { untilSeatShows, untilSeatShowsColour } from './support/seat-screen.ts';

const homeroom = setUpInstallation({ seats: 2 });
const people = setUpPeople();
const backTimeoutMs = 90_000;

interface Seated {
  readonly username: string;
  readonly device: string;
  readonly colour: Paint;
}
const seated: readonly [Seated, Seated] = [
  { username: 'student', device: 'seat-1', colour: red },
  { username: 'teacher', device: 'seat-2', colour: magenta },
];
let api: Api;
/** Decodes pictures; it is at no seat. */
let onlooker: Page;
const sessions = new Map<string, { readonly id: string; readonly desktop: string; readonly seat: string }>();

beforeAll(async () => {
  api = await homeroom.it.asAdmin();
  onlooker = await people.open(`${homeroom.it.origin}/`);
  for (const each of seated) await sitDown(each);
});

/** In a second browser with the seat's identity, which is closed afterwards: the seat's own shows the desktop on. */
async function sitDown({ username, device, colour }: Seated): Promise<void> {
  await untilSeatShows(api, device, `/kiosk/${device}`);
  const cookie = await kioskCookie(homeroom.it, device);
  const page = await people.open(`${homeroom.it.origin}/kiosk/${device}`, cookie);
  await typeSignIn(page, username, homeroom.it.passwordOf(username) ?? '');
  await page.getByRole('button', { name: /Terminal/ }).click();
  await untilTerminalListens(page);
  await page.keyboard.type(`${paintCommand(colour)}\n`);
  await untilDesktopIs(page, colour);
  const { items } = await api.ask('GET', '/sessions?state=live');
  sessions.set(
    username,
    items.find((session: { username: string }) => session.username === username),
  );
  await untilSeatIsBack({ username, device, colour });
  await page.close();
}

async function untilSeatIsBack({ username, device, colour }: Seated): Promise<void> {
  await untilSeatShows(api, device, `/desktop/${sessions.get(username)?.id}`);
  await untilSeatShowsColour(api, device, { page: onlooker, rgb: colour.rgb });
}

/** What runs on the seats: their agents and their browsers. */
async function ofSeats(): Promise<FoundProcess[]> {
  return (await homeroom.it.processes()).filter(
    ({ command }) => command.endsWith('homeroom-agent.mjs') || command.includes('/kiosk-profile'),
  );
}

it('shows each seat its own desktop again, without a log-in, after the whole room was without power', async () => {
  const victims = await ofSeats();
  expect(victims.filter(({ command }) => command.endsWith('homeroom-agent.mjs'))).toHaveLength(2);
  for (const { pid } of victims) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // A browser's helper ends with its browser.
    }
  }
  await waitFor(
    'other agents and browsers run',
    async () => {
      const now = await ofSeats();
      const isNew = now.every(({ pid }) => !victims.some((victim) => victim.pid === pid));
      return isNew && now.filter(({ command }) => command.endsWith('homeroom-agent.mjs')).length === 2;
    },
    backTimeoutMs,
  );
  for (const each of seated) await untilSeatIsBack(each);
  for (const { username } of seated) {
    const before = sessions.get(username);
    const now = await api.ask('GET', `/sessions/${before?.id}`);
    expect(now).toMatchObject({ state: 'active', desktop: before?.desktop, seat: before?.seat });
  }
});

it('shows a desktop at the seat where a teacher moved it, and where it went at the seat that it left', async () => {
  const [student, teacher] = seated;
  const moved = sessions.get(student.username);
  const seat = sessions.get(teacher.username)?.seat;
  await api.ask('DELETE', `/sessions/${sessions.get(teacher.username)?.id}`);
  await untilSeatShows(api, teacher.device, `/kiosk/${teacher.device}`);
  const cookie = await kioskCookie(homeroom.it, student.device);
  const old = await people.open(`${homeroom.it.origin}/desktop/${moved?.id}`, cookie);
  await untilDesktopIs(old, student.colour);

  await api.ask('POST', `/sessions/${moved?.id}/move`, { seat });

  await old
    .getByText(/Your desktop moved to Seat 2/)
    .first()
    .waitFor();
  await untilSeatShows(api, teacher.device, `/desktop/${moved?.id}`);
  await untilSeatShowsColour(api, teacher.device, { page: onlooker, rgb: student.colour.rgb });
  await untilSeatShows(api, student.device, `/kiosk/${student.device}`);
  await old.waitForURL(`**/kiosk/${student.device}`);
  await old.getByText('Your desktop moved to Seat 2.').waitFor();
  await old.getByLabel('User name').waitFor();
});
