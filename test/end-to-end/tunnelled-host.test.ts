/**
 * A host on another machine: its agent dials out for every stream, and nothing on it listens to the network. What is typed
 * in the student's browser reaches the X session through page, gateway, tunnel and agent, and the picture comes back.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ControllerApi } from '@homeroom/controller/cli/up/controller-api.ts';
import { hostJoinToken } from '@homeroom/controller/cli/up/join-tokens.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { AgentProcess } from './support/agent-process.ts';
import type { Api } from './support/api.ts';
import type { FoundProcess } from './support/found-processes.ts';
import { setUpInstallation } from './support/installation.ts';
import { openInstallationDatabase } from './support/installation-database.ts';
import { setUpPeople } from './support/people.ts';
import {
  isDesktop,
  magenta,
  type Paint,
  paintCommand,
  red,
  untilDesktopIs,
  untilTerminalListens,
} from './support/pictures.ts';

const homeroom = setUpInstallation({ seats: 1, options: ['--no-kiosk', '--no-host'] });
const people = setUpPeople();
const timeoutMs = 60_000;
let api: Api;
let host: AgentProcess;
let page: Page;
let session: { readonly id: string; readonly desktop: string };
let xServer: FoundProcess;

beforeAll(async () => {
  api = await homeroom.it.asAdmin();
  const bearer = await homeroom.it.adminToken();
  const token = await hostJoinToken(new ControllerApi({ httpPort: homeroom.it.ports.http, bearer }));
  host = startHost({ HOMEROOM_JOIN_TOKEN: token });
  await waitFor(
    'a terminal stands ready on the host',
    async () => (await api.ask('GET', '/pools/terminal')).ready > 0,
    timeoutMs,
  );
});
afterAll(() => host?.stop());

/** @param environment with the join token, the first time; later the host has its own credential */
function startHost(environment: Readonly<Record<string, string>> = {}): AgentProcess {
  return new AgentProcess(homeroom.it, 'far-host', {
    arguments: ['--host'],
    environment: {
      HOMEROOM_BOARD: 'linux',
      HOMEROOM_HOST_STREAMS: 'tunnel',
      HOMEROOM_HOST_END_WITH_AGENT: 'on',
      ...environment,
    },
  });
}

async function paint(colour: Paint): Promise<void> {
  await page.keyboard.type(`${paintCommand(colour)}; touch ~/proof\n`);
  await untilDesktopIs(page, colour);
}

async function streamAddress(): Promise<unknown> {
  const db = await openInstallationDatabase(homeroom.it);
  try {
    const [row] = await db.query<{ via: unknown }>(
      `select stream -> 'via' as via from desktops where id = $1`,
      [session.desktop],
    );
    return row?.via;
  } finally {
    await db.stop();
  }
}

it('shows a desktop of a host that only dials out', async () => {
  page = await people.signIn(homeroom.it.origin, 'student', homeroom.it.passwordOf('student'));
  await page.getByRole('button', { name: /Terminal/ }).click();
  await untilTerminalListens(page);
  [session] = (await api.ask('GET', '/sessions?state=live')).items;
  xServer = await homeroom.it.untilProcess('Xvnc');
  // It is the tunnel that is tried here, not the Unix socket of a host on the controller's machine.
  expect(await streamAddress()).toEqual({ tunnel: 'far-host' });
});

it('carries keys to its X session, and the picture back', async () => {
  await paint(red);
  const proof = join(host.dataDir, 'homes/student/proof');
  const made = await waitFor('the file that was typed', () => stat(proof).catch(() => undefined));
  expect(made.uid).toBe(xServer.uid);
});

it('brings the stream back after a kill of the agent, to the same desktop as it is', async () => {
  // Something to send at any moment.
  await page.keyboard.type(`while sleep 0.05; do ${paintCommand(magenta)}; date +%N; done\n`);
  await untilDesktopIs(page, magenta);
  await host.kill();
  await page.locator('body:not([data-state=painted])').waitFor();
  host = startHost();

  await page.locator('body[data-state=painted]').waitFor();
  await waitFor(
    'the session is active again',
    async () => (await api.ask('GET', `/sessions/${session.id}`)).state === 'active',
    timeoutMs,
  );
  expect(await api.ask('GET', `/sessions/${session.id}`)).toMatchObject({ desktop: session.desktop });
  expect((await homeroom.it.untilProcess('Xvnc')).pid).toBe(xServer.pid);
  await untilDesktopIs(page, magenta);
  const repaint = async () => {
    // A shell goes on with its loop when the interrupt comes as a step of it ends well: it may need another one.
    await page.keyboard.press('Control+c');
    await page.keyboard.type(`${paintCommand(red)}\n`);
    return await isDesktop(page, red);
  };
  await waitFor('the desktop takes keys again', repaint, timeoutMs);
});

it('leaves no X server when the student ends', async () => {
  await api.ask('DELETE', `/sessions/${session.id}`);
  await page.getByRole('heading', { name: 'This desktop has ended' }).waitFor();
  await waitFor(
    'the X server is gone',
    async () => (await homeroom.it.processes()).every(({ pid }) => pid !== xServer.pid),
    timeoutMs,
  );
});
