import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema } from '@homeroom/controller/config-keys.ts';
import { openPeople } from '@homeroom/controller/start/open-people.ts';
import { PostgresChanges } from '@homeroom/controller/store/postgres-changes.ts';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'homeroom-key-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

it('makes the key for secrets once, for its owner alone, and opens with it what an earlier start sealed', async () => {
  await using database = await server.createDatabase();
  const changes = new PostgresChanges({ ...database, logger: silentLogger });
  const open = (secretKeyFile?: string) =>
    openPeople({
      store: { db: database.db, changes },
      ownDir: join(folder, 'own'),
      config: { ...v.parse(configSchema, {}), ...(secretKeyFile && { secretKeyFile }) },
      logger: silentLogger,
    });
  const first = await open();
  await first.accounts.ensureFirstAccounts('first password');
  const path = join(folder, 'own', 'secret-key');
  const key = await readFile(path, 'utf8');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const admin = await first.users.firstAdmin();
  if (!admin) throw new Error('there is no admin');
  const actor = { userId: admin.id, username: admin.username, address: null };
  await first.secondStepCodes.begin(admin);

  const second = await open();
  expect(await readFile(path, 'utf8')).toBe(key);
  await expect(second.secondStepCodes.confirm(admin, '000000', actor)).rejects.toMatchObject({
    code: 'second_step_wrong',
  });

  const elsewhere = await open(join(folder, 'elsewhere', 'key'));
  await expect(elsewhere.secondStepCodes.confirm(admin, '000000', actor)).rejects.toMatchObject({
    code: 'seal_broken',
  });
  await changes.stop();
});
