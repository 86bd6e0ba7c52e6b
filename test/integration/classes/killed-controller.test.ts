import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { ClassStage } from './class-stage.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

function startProcess(url: string): ChildProcess & AsyncDisposable {
  const program = join(import.meta.dirname, 'class-process.ts');
  const child = spawn(process.execPath, [program, url], { stdio: ['pipe', 'inherit', 'inherit'] });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return Object.assign(child, { [Symbol.asyncDispose]: kill });
}

it('goes on with a class whose controller was killed in the middle, and claims nothing twice', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await using stage = await ClassStage.set(db, database.url, { size: 12, desktops: 14 });
  for (const { device } of stage.seats.slice(6)) stage.broken.add(device);
  await stage.warmUp();
  const { id } = await stage.start();
  const count = (run: { seats: readonly { state: string }[] }, wanted: string) =>
    run.seats.filter(({ state }) => state === wanted).length;

  const first = startProcess(database.url);
  await stage.whenRun('has come up to its first seat', id, (run) => count(run, 'done') > 0);
  await first[Symbol.asyncDispose]();
  const standing = await stage.runs.get(id);
  expect(standing?.state).toBe('running');
  expect(standing && count(standing, 'failed')).toBe(0);

  for (const { device } of stage.seats.slice(6)) await stage.mend(device);
  await using _ = startProcess(database.url);
  const over = await stage.whenRun('is done', id, ({ state }) => state === 'done');
  expect(count(over, 'done')).toBe(12);
  const sessions = await db.query<{ desktops: number; seats: number; n: number }>(
    'select count(*) as n, count(distinct desktop_id) as desktops, count(distinct seat_id) as seats from sessions',
  );
  expect(sessions).toEqual([{ n: 12, desktops: 12, seats: 12 }]);
  await waitFor('nobody holds a seat any more', async () => {
    const held = await db.query('select from class_run_seats where lease is not null');
    return held.length === 0;
  });
});
