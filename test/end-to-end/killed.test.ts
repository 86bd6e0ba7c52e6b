/**
 * Every process of a live session is killed in turn. Each comes back, and what it served is as it was: the same session,
 * the same X server with the same picture, on the student's page and on the seat. Only the X server cannot come back; its
 * end is told. The desktops that a killed `up` leaves running are taken over by the next one, the rest is ended.
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

const homeroom = setUpInstallation({ seats: 1 });
const people = setUpPeople();
const device = 'seat-1';
const backTimeoutMs = 60_000;
let api: Api;
let page: Page;
let session: { readonly id: string; readonly desktop: string; readonly seat: string };
let xServer: FoundProcess;

const victims: readonly { what: string; isIt: (command: string) => boolean }[] = [
  { what: 'the host agent', isIt: (command) => command.endsWith('homeroom-agent.mjs --host') },
  { what: 'a seat’s agent', isIt: (command) => command.endsWith('homeroom-agent.mjs') },
  {
    what: 'a seat’s browser',
    isIt: (command) => command.includes('/kiosk-profile') && !command.includes('--type='),
  },
  { what: 'the database', isIt: (command) => /\/postgres -D/.test(command) },
  { what: 'the controller', isIt: (command) => command.includes('controller/main.ts') },
];

beforeAll(async () => {
  api = await homeroom.it.asAdmin();
  await untilSeatShows(api, device, `/kiosk/${device}`);
  await signInAtSeat();
  xServer = await homeroom.it.untilProcess('Xvnc');
  [session] = (await api.ask('GET', '/sessions?state=live')).items;
  await paint(red);
});

/** In a second browser with the seat's identity, because of the seat's own one only a picture is seen. */
async function signInAtSeat(): Promise<void> {
  const cookie = await kioskCookie(homeroom.it, device);
  page = await people.open(`${homeroom.it.origin}/kiosk/${device}`, cookie);
  await typeSignIn(page, 'student', homeroom.it.passwordOf('student') ?? '');
  await page.getByRole('button', { name: /Terminal/ }).click();
  await untilTerminalListens(page);
}

async function paint(colour: Paint): Promise<void> {
  await page.keyboard.type(`${paintCommand(colour)}; touch ~/proof\n`);
  await untilSeen(colour);
}

/** On the student's page and on the seat's own screen. */
async function untilSeen(colour: Paint): Promise<void> {
  await page.locator('body[data-state=painted]').waitFor();
  await untilDesktopIs(page, colour);
  await untilSeatShows(api, device, `/desktop/${session.id}`);
  await untilSeatShowsColour(api, device, { page, rgb: colour.rgb });
}

async function untilAllConnected(): Promise<void> {
  await waitFor(
    'the host and the seat are connected, and the session is active',
    async () => {
      const devices = await api.ask('GET', '/devices').catch(() => undefined);
      const now = await api.ask('GET', `/sessions/${session.id}`).catch(() => undefined);
      return (
        devices?.items.every(({ connection }: { connection: string }) => connection === 'ready') &&
        now?.state === 'active'
      );
    },
    backTimeoutMs,
  );
}

/** @returns the process that has taken the place of a killed one */
async function killAndAwaitSuccessor(isIt: (command: string) => boolean): Promise<FoundProcess> {
  const victim = (await homeroom.it.processes()).find(({ command }) => isIt(command));
  if (!victim) throw new Error('the one to be killed does not run');
  process.kill(victim.pid, 'SIGKILL');
  return waitFor(
    'another has taken its place',
    async () =>
      (await homeroom.it.processes()).find(({ command, pid }) => isIt(command) && pid !== victim.pid),
    backTimeoutMs,
  );
}

it.each(victims)('goes on as it was after a kill of $what', async ({ isIt }) => {
  await killAndAwaitSuccessor(isIt);
  await untilAllConnected();
  await untilSeen(red);
  expect(await api.ask('GET', `/sessions/${session.id}`)).toMatchObject({ ...session, state: 'active' });
  expect((await homeroom.it.untilProcess('Xvnc')).pid).toBe(xServer.pid);
  // It answers to keys, and the picture is no memory of the page's.
  await paint(magenta);
  await paint(red);
});

it('tells the student that the desktop is gone after a kill of its X server', async () => {
  process.kill(xServer.pid, 'SIGKILL');
  await page.getByRole('heading', { name: 'This desktop has ended' }).waitFor();
  expect(await page.locator('body').getAttribute('data-state')).toBe('ended');
  await page.getByText('The desktop stopped working.').waitFor();
  expect(await api.ask('GET', `/sessions/${session.id}`)).toMatchObject({
    state: 'ended',
    endReason: 'desktop-lost',
  });
});

it('gives a fresh desktop to the same student, with the same home', async () => {
  await untilSeatShows(api, device, `/kiosk/${device}`);
  await signInAtSeat();
  const [fresh] = (await api.ask('GET', '/sessions?state=live')).items;
  expect(fresh).toMatchObject({ username: 'student', seat: session.seat });
  expect(fresh.desktop).not.toBe(session.desktop);
  await page.keyboard.type(`test -e ~/proof && ${paintCommand(magenta)}\n`);
  await untilDesktopIs(page, magenta);
});

it('takes over the desktops that a killed `up` left running, and ends the rest', async () => {
  const [fresh] = (await api.ask('GET', '/sessions?state=live')).items;
  const x = await homeroom.it.untilProcess('Xvnc');
  const isOurs = (command: string) => /controller\/main\.ts|homeroom-agent\.mjs|kiosk-profile/.test(command);
  const left = (await homeroom.it.processes()).filter(({ command }) => isOurs(command));
  await homeroom.it.kill();
  await homeroom.it.start();
  expect(homeroom.it.told).toContain('ending what an earlier start left running');
  expect(homeroom.it.told).toContain('Desktops that still run are taken over');
  const now = new Set((await homeroom.it.processes()).map(({ pid }) => pid));
  expect(left.length).toBeGreaterThan(2);
  expect(left.filter(({ pid }) => now.has(pid))).toEqual([]);

  session = fresh;
  await untilAllConnected();
  expect(await api.ask('GET', `/sessions/${fresh.id}`)).toMatchObject({ ...fresh, state: 'active' });
  expect((await homeroom.it.untilProcess('Xvnc')).pid).toBe(x.pid);
  await untilSeen(magenta);
  await paint(red);
});
