/** A backup of one database restored into another: older and newer schemas, what is there already, homes, damage. */
import { lstat, mkdir, mkdtemp, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBackup } from '@homeroom/controller/store/backup/check-backup.ts';
import { makeBackup } from '@homeroom/controller/store/backup/make-backup.ts';
import { restoreDatabase } from '@homeroom/controller/store/backup/restore-database.ts';
import { restoreHomes } from '@homeroom/controller/store/backup/restore-files.ts';
import { openDatabase } from '@homeroom/controller/store/database.ts';
import { migrate, readMigrations } from '@homeroom/controller/store/migrate.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
let dir: string;
let path: string;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  dir = await mkdtemp(join(tmpdir(), 'homeroom-backup-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});
beforeEach(() => {
  count += 1;
  path = join(dir, `backup-${count}`);
});

const never = new AbortController().signal;
const save = (url: string, homesDir?: string) =>
  makeBackup({
    ...{ url, dataDir: join(dir, 'none'), secretKeyFile: undefined, homesDir, path, passphrase: undefined },
    ...{ version: '1.2.3', now: new Date(), signal: never, onProgress: () => undefined },
  });
const check = () => checkBackup({ path, passphrase: undefined }, () => undefined);

async function restore(
  url: string,
  options: { replaces?: boolean; beforeCommit?: () => Promise<void> } = {},
) {
  return restoreDatabase({
    ...{ url, place: { path, passphrase: undefined }, backup: await check(), replaces: false, signal: never },
    ...{ onTable: () => undefined, beforeCommit: async () => undefined, ...options },
  });
}

/** A database without a schema, on the same server. */
async function emptyDatabase() {
  const made = await server.createDatabase({ maxConnections: 2 });
  await made.db.query('drop schema public cascade');
  await made.db.query('create schema public');
  return made;
}

it('brings back every row, what PostgreSQL finds hard to write, and numbers that go on', async () => {
  await using source = await server.createDatabase();
  const hard = 'line\nbreak\ttab \\N back\\slash “ü” 🙂';
  await source.db.query(
    `insert into users (username, display_name, role, account) values ('anna', $1, 'student', 'anna')`,
    [hard],
  );
  const tableSql = 'select * from users order by id';
  const before = await source.db.query(tableSql);
  await save(source.url);
  await using target = await emptyDatabase();
  expect(await restore(target.url)).toEqual({ migrated: [] });
  expect(await target.db.query(tableSql)).toEqual(before);
  const [next] = await target.db.query<{ posix_uid: number }>(
    `insert into users (username, display_name, role, account) values ('ben', 'Ben', 'student', 'ben') returning posix_uid`,
  );
  expect(next?.posix_uid).toBe(20_001);
  await expect(
    target.db.query(`insert into seats (room_id, name) values (gen_random_uuid(), 'x')`),
  ).rejects.toThrow('foreign key');
});

it('saves one moment: what is written meanwhile is not in it', async () => {
  await using source = await server.createDatabase();
  const writing = openDatabase({ url: source.url, maxConnections: 1, logger: silentLogger });
  let isWritten = false;
  const other = await writing;
  await makeBackup({
    ...{ url: source.url, dataDir: join(dir, 'none'), secretKeyFile: undefined, homesDir: undefined, path },
    ...{ passphrase: undefined, version: '1', now: new Date(), signal: never },
    onProgress: () => {
      if (isWritten) return;
      isWritten = true;
      void other.query(`insert into rooms (name) values ('late')`);
    },
  });
  await other.stop();
  const { manifest } = await check();
  expect(manifest.tables.find(({ name }) => name === 'rooms')?.rows).toBe(0);
});

it('brings an older schema up to date, and refuses one that it does not know', async () => {
  await using source = await emptyDatabase();
  const known = await readMigrations();
  await migrate(source.db, known.slice(0, 1));
  await source.db.query(`insert into rooms (name) values ('old')`);
  await save(source.url);
  await using target = await emptyDatabase();
  const { migrated } = await restore(target.url);
  expect(migrated).toEqual(known.slice(1).map(({ name }) => name));
  expect(await target.db.query('select name from rooms')).toEqual([{ name: 'old' }]);

  await source.db.query(`insert into migrations (name) values ('9999-future')`);
  path += '-newer';
  await save(source.url);
  await expect(check()).rejects.toMatchObject({
    code: 'backup_too_new',
    detail: expect.stringContaining('9999-future'),
  });
});

it('refuses a database that is not empty, replaces it when told, and leaves it as it was when it fails', async () => {
  await using source = await server.createDatabase();
  await source.db.query(`insert into rooms (name) values ('saved')`);
  await save(source.url);
  await using target = await server.createDatabase();
  await target.db.query(`insert into rooms (name) values ('there')`);
  const rooms = () => target.db.query('select name from rooms');
  await expect(restore(target.url)).rejects.toMatchObject({ code: 'restore_target_not_empty' });
  const beforeCommit = () => Promise.reject(new Error('the folder cannot be written'));
  await expect(restore(target.url, { replaces: true, beforeCommit })).rejects.toThrow('the folder');
  expect(await rooms()).toEqual([{ name: 'there' }]);
  await restore(target.url, { replaces: true });
  expect(await rooms()).toEqual([{ name: 'saved' }]);
});

it('brings homes back as they were, links as links', async () => {
  const homes = join(dir, 'homes');
  await mkdir(join(homes, 'anna/deep'), { recursive: true });
  await writeFile(join(homes, 'anna/deep/ünïcode.txt'), 'work', { mode: 0o640 });
  await symlink('/etc/passwd', join(homes, 'anna/link'));
  await using source = await server.createDatabase();
  const made = await save(source.url, homes);
  expect(made.homeEntries).toBe(4);
  const folder = join(dir, 'homes-again');
  await mkdir(folder);
  const isRoot = process.getuid?.() === 0;
  await restoreHomes({
    place: { path, passphrase: undefined },
    ...{ folder, isRoot, signal: never, onEntry: () => undefined },
  });
  expect(await readFile(join(folder, 'anna/deep/ünïcode.txt'), 'utf8')).toBe('work');
  expect((await stat(join(folder, 'anna/deep/ünïcode.txt'))).mode & 0o777).toBe(0o640);
  expect((await lstat(join(folder, 'anna/link'))).isSymbolicLink()).toBe(true);
  expect(await readlink(join(folder, 'anna/link'))).toBe('/etc/passwd');
});

it('notices a file that was cut off, changed, or is none of ours; the file is its owner’s alone', async () => {
  await using source = await server.createDatabase();
  await save(source.url);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const whole = await readFile(path);
  const changed = Buffer.from(whole);
  const middle = Math.floor(whole.length / 2);
  changed[middle] = (changed[middle] ?? 0) ^ 1;
  for (const bad of [whole.subarray(0, middle), changed, Buffer.from('no backup'), Buffer.alloc(0)]) {
    await writeFile(path, bad);
    await expect(check()).rejects.toMatchObject({ code: 'backup_damaged' });
  }
});
