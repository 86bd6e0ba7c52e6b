/** Two students reach for the last desktop at the same moment. */
import { Users } from '@homeroom/controller/accounts/users.ts';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import type { Api } from './support/api.ts';
import { setUpInstallation } from './support/installation.ts';
import { openInstallationDatabase } from './support/installation-database.ts';
import { setUpPeople } from './support/people.ts';

const homeroom = setUpInstallation({ seats: 0 });
const people = setUpPeople();
const grace = { username: 'grace', displayName: 'Grace', role: 'student', password: 'cobol-1959' } as const;
const actor = { userId: null, username: 'test', address: null };
/** Nobody hears them: the controller finds out by itself. */
const changes = { announce: () => undefined, subscribe: () => () => undefined };
let api: Api;
let pages: Page[];
let winner: Page;
let loser: Page;
let won: { readonly id: string; readonly desktop: string };

beforeAll(async () => {
  const db = await openInstallationDatabase(homeroom.it);
  await new Users({ db, changes }).create(grace, actor);
  await db.query(`update pools set warm_minimum = 1, maximum = 1 where template_id = 'terminal'`);
  await db.stop();
  api = await homeroom.it.asAdmin();
  await waitFor(
    'one terminal stands ready, and no more will be made',
    async () => {
      const { maximum, ready, creating } = await api.ask('GET', '/pools/terminal');
      return maximum === 1 && ready === 1 && creating === 0;
    },
    60_000,
  );
  const { origin } = homeroom.it;
  pages = [
    await people.signIn(origin, 'student', homeroom.it.passwordOf('student')),
    await people.signIn(origin, grace.username, grace.password),
  ];
});

const liveSessions = async () => (await api.ask('GET', '/sessions?state=live')).items;

it('gives it to one of them, and tells the other that it is the next one’s turn', async () => {
  await Promise.all(pages.map((page) => page.getByRole('button', { name: /Terminal/ }).click()));
  winner = await Promise.any(
    pages.map(async (page) => {
      await page.locator('body[data-state=painted]').waitFor();
      return page;
    }),
  );
  loser = pages.find((page) => page !== winner) ?? winner;
  await loser.getByText('You are next.').waitFor();

  const sessions = await liveSessions();
  const waiting = sessions.find(({ state }: { state: string }) => state === 'waiting');
  won = sessions.find(({ id }: { id: string }) => winner.url().endsWith(`/desktop/${id}`));
  expect(sessions).toHaveLength(2);
  expect(waiting).toMatchObject({ desktop: null, place: 1 });
  expect(won).toMatchObject({ state: 'active', desktop: expect.any(String), place: null });
});

it('makes no second one behind the pool’s maximum', async () => {
  const { items } = await api.ask('GET', '/desktops');
  const terminals = items.filter(({ template }: { template: string }) => template === 'terminal');
  expect(terminals.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
    [won.desktop, 'claimed'],
  ]);
  expect(terminals[0].error).toBeNull();
});

it('opens a fresh one for the other as soon as the first has ended', async () => {
  await winner.keyboard.press('Control+Alt+Shift');
  await winner.getByRole('button', { name: 'End', exact: true }).click();
  await winner.getByRole('button', { name: 'End it' }).click();
  await winner.getByRole('heading', { name: 'Choose a desktop' }).waitFor();

  await loser.waitForURL(/\/desktop\//);
  await loser.locator('body[data-state=painted]').waitFor();
  const [session, ...others] = await liveSessions();
  expect(others).toEqual([]);
  expect(session.state).toBe('active');
  expect(session.desktop).not.toBe(won.desktop);
  await waitFor(
    'the used desktop is gone',
    async () => (await api.ask('GET', `/desktops/${won.desktop}`)).state === 'gone',
  );
});

it('leaves of the used desktop no process', async () => {
  await waitFor('one X server is left', async () => {
    const servers = (await homeroom.it.processes()).filter(({ command }) => command.includes('Xvnc'));
    return servers.length === 1;
  });
});
