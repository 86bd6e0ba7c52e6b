import { readFileSync } from 'node:fs';
import { openDatabase } from '@homeroom/controller/store/database.ts';
import { QueryLimit } from '@homeroom/controller/store/query-limit.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Stop the server and every process of it without a word, as a disk that hangs does. */
function silence(): { [Symbol.dispose](): void } {
  const { pid } = server.server;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  const pids = [pid, ...children.split(' ').filter(Boolean).map(Number)];
  const signalAll = (signal: NodeJS.Signals) => {
    for (const each of pids) {
      try {
        process.kill(each, signal);
      } catch {
        // A worker of the server has ended meanwhile.
      }
    }
  };
  signalAll('SIGSTOP');
  return { [Symbol.dispose]: () => signalAll('SIGCONT') };
}

async function openLimited(url: string) {
  const queryLimit = new QueryLimit();
  const db = await openDatabase({ url, maxConnections: 4, queryLimit, logger: silentLogger });
  return { db, queryLimit, [Symbol.asyncDispose]: () => db.stop() };
}

it('lets limited work fail while other work still waits for the answer', async () => {
  await using database = await server.createDatabase();
  await using limited = await openLimited(database.url);
  const { db, queryLimit } = limited;
  await Promise.all([1, 2, 3].map(() => db.query('select pg_sleep(0.05)')));
  let patient: Promise<unknown>;
  {
    using _silence = silence();
    patient = db.query('select 1 as one');
    const inTransaction = () => db.transaction((tx) => tx.query('select 2'));
    const impatient = [() => db.query('select 2'), inTransaction].map((work) => queryLimit.within(200, work));
    const outcomes = await Promise.allSettled(impatient);
    expect(outcomes).toMatchObject(
      [1, 2].map(() => ({ status: 'rejected', reason: { code: 'database_unavailable' } })),
    );
  }
  expect(await patient).toEqual([{ one: 1 }]);
  const back = await waitFor('the limited work to succeed', () =>
    queryLimit.within(200, () => db.query('select 3 as three')).catch(() => undefined),
  );
  expect(back).toEqual([{ three: 3 }]);
});
