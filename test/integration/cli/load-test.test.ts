/** `homeroom load-test` against a real controller: what it tells, and that nothing of it stays. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { readPostmasterPid } from '@homeroom/controller/store/embedded/postmaster-pid.ts';
import { socketUrl } from '@homeroom/controller/store/embedded/socket-folder.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { ControllerFolder } from '../controller/support/controller-process.ts';

const command = resolve(import.meta.dirname, '../../../controller/cli/main.ts');

let folder: ControllerFolder;
let environment: Record<string, string>;
let db: Database;
beforeAll(async () => {
  folder = await ControllerFolder.make();
  const { httpPort } = await folder.start().untilReady();
  environment = {
    HOMEROOM_URL: `http://127.0.0.1:${httpPort}`,
    HOMEROOM_TOKEN: await folder.adminToken(),
  };
  const server = await readPostmasterPid(`${folder.dataDir}/controller/postgres`);
  if (!server) throw new Error('the controller runs no database');
  const url = socketUrl(server.socketFolder, 'homeroom');
  db = await openDatabase({ url, maxConnections: 1, logger: silentLogger });
}, 90_000);
afterAll(async () => {
  await db.stop();
  await folder[Symbol.asyncDispose]();
});

function begin(...args: string[]) {
  const child = spawn(process.execPath, [command, 'load-test', ...args], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    said.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, ...said }));
  return { child, ended };
}

async function count(sql: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(`select count(*) as n from ${sql}`);
  return row?.n ?? 0;
}

/** Users, sign-ins and sessions of tests; a desktop that was used is on its way out or gone. */
async function leftovers(): Promise<number> {
  return (
    (await count('load_tests')) +
    (await count('users where load_test_id is not null')) +
    (await count('sessions')) +
    (await count(`desktops where provider = 'simulated' and state = 'claimed'`)) +
    (await count(`templates where id = 'load-test' and withdrawn_at is null`))
  );
}

it('serves everybody a desktop of their own, tells it in one line, and removes what it made', async () => {
  const { code, stdout, stderr } = await begin('--users', '40', '--json').ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const told = JSON.parse(stdout);
  const times = ['perSecond', 'p50Ms', 'p95Ms', 'p99Ms'];
  expect(told).toMatchObject({ users: 40, served: 40, failed: 0, doubles: 0 });
  expect(Object.keys(told)).toEqual(['users', 'served', 'failed', 'doubles', ...times]);
  for (const name of times) expect(told[name]).toBeGreaterThan(0);
  expect(await leftovers()).toBe(0);
  await waitFor('the simulated desktops are gone', async () => {
    return (await count(`desktops where provider = 'simulated' and state <> 'gone'`)) === 0;
  });
}, 90_000);

it('removes what it made on Ctrl-C too, and says that it was interrupted', async () => {
  await db.query(
    `insert into templates (id, name, provider) values ('empty', 'Empty', 'simulated') on conflict do nothing`,
  );
  const { child, ended } = begin('--users', '5', '--template', 'empty');
  await waitFor('everybody waits', async () => (await count(`sessions where state = 'waiting'`)) === 5);
  child.kill('SIGINT');
  expect(await ended).toEqual({ code: 1, stdout: '', stderr: 'The load test was interrupted.\n' });
  expect(await leftovers()).toBe(0);
}, 90_000);

it('refuses a template whose desktops are real, and one that there is not', async () => {
  for (const [template, sentence] of [
    ['desktop', 'a load test needs a template of the provider simulated'],
    ['nothing', 'there is no template nothing'],
  ] as const) {
    const { code, stderr } = await begin('--users', '1', '--template', template).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
  }
  expect(await leftovers()).toBe(0);
}, 90_000);

it('runs one at a time', async () => {
  await db.query(
    `insert into templates (id, name, provider) values ('empty', 'Empty', 'simulated') on conflict do nothing`,
  );
  const first = begin('--users', '1', '--template', 'empty');
  await waitFor('the first runs', async () => (await count('load_tests')) === 1);
  const second = await begin('--users', '1', '--template', 'empty').ended;
  expect(second.code).toBe(1);
  expect(second.stderr).toContain('another load test runs');
  first.child.kill('SIGINT');
  await first.ended;
  expect(await leftovers()).toBe(0);
}, 90_000);
