/** Two processes with an API on one database: it does not matter which of them a request comes to. */
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { DividedController } from '../../support/divided-controller.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Browser } from './support/browser.ts';

const timeoutMs = 120_000;

let server: TestServer;
let database: TestDatabase;
let controller: DividedController;
let origins: [string, string];

beforeAll(async () => {
  server = await startTestServer();
  database = await server.createDatabase({ maxConnections: 2 });
  controller = await DividedController.make(database);
  const keeper = controller.start({ roles: 'api,mqtt' });
  const rest = controller.start({ roles: 'api,session-broker,pool-manager,vm-controller,cleanup' });
  const [one, two] = await Promise.all([keeper.untilReady(), rest.untilReady()]);
  origins = [`http://127.0.0.1:${one.httpPort}`, `http://127.0.0.1:${two.httpPort}`];
});
afterAll(async () => {
  await controller?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

/** Listen to changes at one process. @returns what was heard so far, and what ends it */
async function listen({ headers, origin }: Browser): Promise<{ heard: () => string; stop: () => void }> {
  const over = new AbortController();
  const response = await fetch(`${origin}/api/v1/events`, { headers, signal: over.signal });
  let heard = '';
  const read = async (): Promise<void> => {
    for await (const chunk of response.body ?? []) heard += Buffer.from(chunk).toString();
  };
  // It ends by our own abort.
  const reading = read().catch(() => undefined);
  return {
    heard: () => heard,
    stop: () => {
      over.abort();
      void reading;
    },
  };
}

it('knows at one process who signed in at the other, and forgets there who signed out', {
  timeout: timeoutMs,
}, async () => {
  const here = await Browser.signIn(origins[0], 'teacher', 'first password');
  const there = here.at(origins[1]);
  expect((await there.ask('GET', '/me')).user.username).toBe('teacher');
  await there.ask('POST', '/sign-out');
  expect((await here.send('GET', '/rooms')).status).toBe(401);
});

it('tells the pages of one process of changes made at the other', { timeout: timeoutMs }, async () => {
  const here = await Browser.signIn(origins[0], 'admin', 'first password');
  const events = await listen(here);
  const { id } = await here.at(origins[1]).ask('POST', '/rooms', { name: 'Lab' });
  await waitFor('the change', () => events.heard().includes(`"kind":"room","id":"${id}"`));
  events.stop();
});

it('opens at one process the stream whose ticket the other gave, once', { timeout: timeoutMs }, async () => {
  const admin = await Browser.signIn(origins[0], 'admin', 'first password');
  const test = await admin.ask('POST', '/load-tests', { users: 1 });
  await waitFor(
    'a desktop',
    async () => (await admin.ask('GET', `/load-tests/${test.id}`)).ready === 1,
    60_000,
  );
  const student = await Browser.signIn(origins[0], 'student', 'first password');
  const { id } = await student.ask('POST', '/sessions', { template: test.template });
  const { url } = await student.ask('POST', `/sessions/${id}/tickets`);
  const open = async (origin: string): Promise<string> => {
    const headers = { ...student.headers, origin };
    const webSocket = new WebSocket(`${origin.replace('http', 'ws')}${url}`, ['binary'], { headers });
    const [, reason] = await once(webSocket, 'close', { signal: AbortSignal.timeout(30_000) });
    return String(reason);
  };
  // Simulated desktops have no picture: the ticket was good, and the desktop is what cannot be reached.
  expect(await open(origins[1])).toBe('stream_unreachable');
  expect(await open(origins[0])).toBe('ticket_invalid');
  await student.ask('DELETE', `/sessions/${id}`);
  await admin.ask('DELETE', `/load-tests/${test.id}`);
});

it('tells of both processes in its status, and of one when the other has stopped', {
  timeout: timeoutMs,
}, async () => {
  const admin = await Browser.signIn(origins[0], 'admin', 'first password');
  const third = controller.start({ roles: 'operator' });
  await third.untilReady();
  const processes = async () => (await admin.ask('GET', '/status')).controllers;
  expect((await processes()).map(({ roles }: { roles: string[] }) => roles.join()).sort()).toEqual([
    'api,mqtt',
    'api,session-broker,pool-manager,vm-controller,cleanup',
    'operator',
  ]);
  expect(await third.stop()).toBe(0);
  expect(await processes()).toHaveLength(2);
  // The operator has no work yet, so that nobody misses it.
  expect((await admin.ask('GET', '/status')).missingRoles).toEqual(['teachers-portal']);
});
