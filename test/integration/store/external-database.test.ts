import { openExternalDatabase } from '@homeroom/controller/start/open-external-database.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const open = (url: string, forMs: number, logger = silentLogger) =>
  openExternalDatabase({ url, maxConnections: 1, logger }, AbortSignal.timeout(forMs));

it('names the setting and the server’s words when there is no such database, and does not wait', async () => {
  const url = server.server.url.replace('/homeroom?', '/attic?');
  await expect(open(url, 60_000)).rejects.toMatchObject({
    code: 'config_invalid',
    detail: 'HOMEROOM_DATABASE_URL (databaseUrl): database "attic" does not exist',
  });
});

it('names the setting and why when nobody answered in time, and no password', async () => {
  const lines: string[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  const port = await freePort();
  const opened = open(`postgres://user:geheim@127.0.0.1:${port}/homeroom`, 5_000, logger);
  await expect(opened).rejects.toMatchObject({
    code: 'database_unavailable',
    detail: `HOMEROOM_DATABASE_URL (databaseUrl): connect ECONNREFUSED 127.0.0.1:${port}`,
  });
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join()).not.toContain('geheim');
});

it('opens a database that lets us in', async () => {
  const db = await open(server.server.url, 10_000);
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
  await db.stop();
});
