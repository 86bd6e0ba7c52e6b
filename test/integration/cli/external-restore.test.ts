/** `homeroom backup` and `restore` where the database is the owner's own: the folder and the database come together. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { homeroom } from './support/homeroom.ts';

let server: TestServer;
let dir: string;
beforeAll(async () => {
  server = await startTestServer();
  dir = await mkdtemp(join(tmpdir(), 'homeroom-external-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

it('restores secrets and rows together, and neither when the database is not empty', async () => {
  await using source = await server.createDatabase({ maxConnections: 1 });
  await using target = await server.createDatabase({ maxConnections: 1 });
  await source.db.query(`insert into rooms (name) values ('saved')`);
  await mkdir(join(dir, 'old/controller/tls'), { recursive: true });
  await writeFile(join(dir, 'old/controller/tls/ca.pem'), 'the authority');
  const on = (folder: string, url: string) => ({
    environment: { HOMEROOM_DATA_DIR: join(dir, folder), HOMEROOM_DATABASE_URL: url },
  });
  const file = join(dir, 'saved.tar.gz');
  expect(await homeroom(['backup', file], on('old', source.url))).toMatchObject({ code: 0, stderr: '' });

  const refused = await homeroom(['restore', file], on('new', target.url));
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('(restore_target_not_empty)');
  expect(await readdir(join(dir, 'new/controller'))).toEqual([]);

  expect(await homeroom(['restore', file, '--replace'], on('new', target.url))).toMatchObject({
    code: 0,
    stderr: '',
  });
  expect(await readFile(join(dir, 'new/controller/tls/ca.pem'), 'utf8')).toBe('the authority');
  expect(await readdir(join(dir, 'new'))).toEqual(['controller']);
  expect(await target.db.query('select name from rooms')).toEqual([{ name: 'saved' }]);
}, 120_000);
