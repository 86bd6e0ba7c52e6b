import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { claim } from '@homeroom/controller/sessions/claim.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { enlist, furnish, templateId } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('gives the last desktop to one of two students who claim from two processes; the other waits', async () => {
  await using database = await server.createDatabase();
  await furnish(database.db);
  await stock(database.db, 1);
  const students = await enlist(database.db, 2);

  const racers = await Promise.all(students.map((userId) => startRacer(database.url, userId)));
  for (const racer of racers) racer.go();
  const results = await Promise.all(racers.map((racer) => racer.result));

  expect(results.map(({ state }) => state).toSorted()).toEqual(['starting', 'waiting']);
});

it('serves 200 starts at once from 150 desktops without a double', async () => {
  await using database = await server.createDatabase({ maxConnections: 30 });
  const { db } = database;
  await furnish(db);
  await stock(db, 150);
  const students = await enlist(db, 200);

  const rows = await Promise.all(students.map((userId) => start(db, userId)));

  const desktops = rows.flatMap(({ desktop_id }) => desktop_id ?? []);
  expect(new Set(desktops).size).toBe(desktops.length);
  expect(rows.filter(({ state }) => state === 'waiting').length).toBe(200 - desktops.length);
  // A newcomer lets those who wait go first, so a few desktops may be left for the queue.
  const [left] = await db.query<{ n: number }>(`select count(*) as n from desktops where state = 'ready'`);
  expect(desktops.length + (left?.n ?? 0)).toBe(150);
});

it('makes one session of twenty starts of one student, and claims one desktop', async () => {
  await using database = await server.createDatabase({ maxConnections: 20 });
  const { db } = database;
  await furnish(db);
  await stock(db, 20);
  const [userId = ''] = await enlist(db, 1);

  const rows = await Promise.all(Array.from({ length: 20 }, () => start(db, userId)));

  expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
  expect(rows.filter(({ created }) => created)).toHaveLength(1);
  const [claimed] = await db.query<{ n: number }>(
    `select count(*) as n from desktops where state = 'claimed'`,
  );
  expect(claimed?.n).toBe(1);
});

function start(db: Database, userId: string) {
  return claim(db, { userId, templateId, seatId: null, actor: systemActor });
}

async function stock(db: Database, count: number): Promise<void> {
  await db.query(
    `insert into desktops (template_id, provider, state, ready_at)
     select $1, 'simulated', 'ready', now() from generate_series(1, $2)`,
    [templateId, count],
  );
}

interface Racer {
  go(): void;
  readonly result: Promise<{ state: string; desktopId: string | null }>;
}

async function startRacer(url: string, userId: string): Promise<Racer> {
  const program = fileURLToPath(new URL('claim-process.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [program, url, userId, templateId], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('the racer has no pipes');
  const lines = createInterface({ input: stdout });
  await once(lines, 'line');
  const result = once(lines, 'line').then(([line]) => JSON.parse(String(line)));
  return { go: () => stdin.write('go\n'), result };
}
