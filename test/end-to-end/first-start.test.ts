/** From an empty folder to a desktop that answers, to an end that leaves nothing, to a start that finds all again. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { Installation } from './support/installation.ts';
import { setUpPeople } from './support/people.ts';
import { isDesktop, paintCommand, red, untilDesktopIs, untilTerminalListens } from './support/pictures.ts';

const people = setUpPeople();
const passwords = new Map<string, string | undefined>();
let homeroom: Installation;
let page: Page;

beforeAll(async () => {
  homeroom = await Installation.prepare({ seats: 3 });
  await homeroom.start();
});
afterAll(() => homeroom?.remove());

it('tells where the portal is, three accounts, the join token and the address of MQTT', () => {
  expect(homeroom.told).toContain(`Portal        http://localhost:${homeroom.ports.http}\n`);
  for (const username of ['admin', 'teacher', 'student']) {
    passwords.set(username, homeroom.passwordOf(username));
    expect(passwords.get(username)).toMatch(/^\S{8,}$/);
  }
  expect(homeroom.told).toMatch(/Join token +homeroom1\.[0-9a-f]{64}\.\S+\n/);
  expect(homeroom.told).toContain(`mqtt://localhost:${homeroom.ports.mqtt}\n`);
  // This one listens to this machine alone.
  expect(homeroom.told).not.toContain('other machines');
});

it('has a host and three seats that enrolled by themselves, each seat with its place and a browser', async () => {
  expect(homeroom.told).toContain('Connected: host, seat-1, seat-2, seat-3');
  const api = await homeroom.asAdmin();
  const { items: seats } = await api.ask('GET', '/seats');
  expect(seats.map(({ name, device }: { name: string; device: string }) => [name, device])).toEqual([
    ['Seat 1', 'seat-1'],
    ['Seat 2', 'seat-2'],
    ['Seat 3', 'seat-3'],
  ]);
  await waitFor(
    'every seat shows its page',
    async () => {
      const { items } = await api.ask('GET', '/devices');
      const shown = items.filter(
        ({ id, reported }: { id: string; reported: { kiosk: { state: string; url: string } } | null }) =>
          reported?.kiosk.state === 'showing' && reported.kiosk.url?.endsWith(`/kiosk/${id}`),
      );
      return shown.length === 3;
    },
    60_000,
  );
});

it('shows the student a live desktop', async () => {
  page = await people.signIn(homeroom.origin, 'student', passwords.get('student'));
  await page.getByRole('button', { name: /Terminal/ }).click();
  await page.locator('body[data-state=painted]').waitFor();
  expect(await isDesktop(page, red)).toBe(false);
  await untilTerminalListens(page);
});

it('lets what is typed change the picture', async () => {
  await page.keyboard.type(`${paintCommand(red)}; touch ~/proof\n`);
  await untilDesktopIs(page, red);
});

it('keeps what is made there in the student’s home, as the student’s own', async () => {
  const home = join(homeroom.dataDir, 'agents/host/homes/student');
  const proof = await waitFor('the file', () => stat(join(home, 'proof')).catch(() => undefined));
  const server = await homeroom.untilProcess('Xvnc');
  expect(proof.uid).toBe((await stat(home)).uid);
  expect(proof.uid).toBe(server.uid);
  // Root gives every user a uid of its own.
  expect(proof.uid === 0).toBe(false);
});

it('ends at Ctrl-C with no process left', async () => {
  const commands = (await homeroom.processes()).map(({ command }) => command).join('\n');
  // What is looked for below is really found while it runs.
  for (const program of [
    'controller/main.ts',
    'homeroom-agent.mjs',
    '/postgres',
    '/chromium',
    'Xvnc',
    'xterm',
  ])
    expect(commands).toContain(program);
  expect(await homeroom.interrupt()).toBe(0);
  expect(await homeroom.processes()).toEqual([]);
});

it('finds everything again at the next start, and shows no password twice', async () => {
  await homeroom.start();
  expect(homeroom.passwordOf('student')).toBeUndefined();
  for (const password of passwords.values()) expect(homeroom.told).not.toContain(password);
  const { items } = await (await homeroom.asAdmin()).ask('GET', '/seats');
  expect(items.map(({ device }: { device: string }) => device)).toEqual(['seat-1', 'seat-2', 'seat-3']);

  const later = await people.signIn(homeroom.origin, 'student', passwords.get('student'));
  await later.getByRole('button', { name: /Terminal/ }).click();
  await untilTerminalListens(later);
  await later.keyboard.type(`test -e ~/proof && ${paintCommand(red)}\n`);
  await untilDesktopIs(later, red);
});
