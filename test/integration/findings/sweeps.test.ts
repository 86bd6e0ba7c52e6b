/** What the sweepers find in the records alone, and how they mend it. */
import { randomUUID } from 'node:crypto';
import type { Finding } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { OddProvider } from './odd-provider.ts';
import { findingsOf, furnish, passAnHour, put, Sweepers, stateOf } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

type Db = TestDatabase['db'];

async function prepare(): Promise<TestDatabase> {
  const database = await server.createDatabase();
  await furnish(database.db);
  return database;
}

const whenFound = (db: Db, subject: string, is: (finding: Finding) => boolean = () => true) =>
  waitFor(`a finding about ${subject}`, async () => (await findingsOf(db, subject)).find(is));
const whenMended = async (db: Db, subject: string) => {
  await whenFound(db, subject);
  await passAnHour(db);
  return await whenFound(db, subject, ({ mendedAt }) => mendedAt !== null);
};

async function person(db: Db, source: 'local' | 'anonymous' = 'local'): Promise<string> {
  const [user] = await db.query<{ id: string }>(
    `insert into users (username, display_name, role, account, source, created_at)
     values ('pupil', 'Pupil', 'student', 'pupil', $1, now() - interval '1 day') returning id`,
    [source],
  );
  return user?.id ?? '';
}

async function session(db: Db, desktop: string | null, columns: string): Promise<string> {
  const id = randomUUID();
  const user = await person(db);
  await db.query(
    `insert into sessions (id, user_id, template_id, desktop_id, state, created_at, deadline_at)
     values ($1, $2, 't', $3, 'waiting', now() - interval '1 day', now() + interval '1 hour')`,
    [id, user, desktop],
  );
  await db.query(`update sessions set ${columns} where id = $1`, [id]);
  return id;
}

it.each(['creating', 'warming', 'cooling', 'failed'] as const)(
  'sends a desktop on its way out that is %s past its deadline, although no process has its provider',
  async (state) => {
    await using database = await prepare();
    const { db } = database;
    const id = await put(db, state, { provider: 'proxmox' });
    await using _sweepers = new Sweepers(db, new OddProvider());
    await passAnHour(db);
    expect(await whenMended(db, id)).toMatchObject({ kind: 'stuck', provider: 'proxmox' });
    if (state !== 'failed') {
      expect(await stateOf(db, id)).toBe('failed');
      await passAnHour(db);
      await whenFound(db, id, ({ mendedAt }) => mendedAt === null);
      await whenMended(db, id);
    }
    await waitFor('it is on its way out', async () => (await stateOf(db, id)) === 'deleting');
  },
);

it('leaves a desktop alone that is within its time', async () => {
  await using database = await prepare();
  const { db } = database;
  const well = await put(db, 'creating', { provider: 'proxmox' });
  const late = await put(db, 'creating', { provider: 'proxmox' });
  await db.query(`update desktops set deadline_at = now() - interval '1 hour' where id = $1`, [late]);
  await using _sweepers = new Sweepers(db, new OddProvider());
  await whenFound(db, late, ({ times }) => times > 3);
  expect(await findingsOf(db, well)).toEqual([]);
});

it('removes a desktop in use whose session is over', async () => {
  await using database = await prepare();
  const { db } = database;
  const id = await put(db, 'claimed', { provider: 'proxmox' });
  await session(db, id, `state = 'ended', ended_at = now(), end_reason = 'logout', deadline_at = null`);
  await using _sweepers = new Sweepers(db, new OddProvider());
  expect(await whenMended(db, id)).toMatchObject({ kind: 'forgotten', mend: 'It is on its way out.' });
  expect(await stateOf(db, id)).toBe('deleting');
});

it('never removes one that a live session has, however long it is silent', async () => {
  await using database = await prepare();
  const { db } = database;
  const id = await put(db, 'claimed', { provider: 'proxmox' });
  await session(db, id, `state = 'detached', sweep_at = now() + interval '1 hour'`);
  await db.query(`update desktops set unhealthy_at = now() - interval '10 minutes', error = 'No route.'`);
  await using _sweepers = new Sweepers(db, new OddProvider());
  const { kind, reason } = await whenFound(db, id, ({ times }) => times > 3);
  expect([kind, reason]).toEqual(['missing', 'It is in use, and has not answered for 10 minutes. No route.']);
  expect(await stateOf(db, id)).toBe('claimed');
});

it('ends a session itself whose time is over, when nobody else looks', async () => {
  await using database = await prepare();
  const { db } = database;
  const late = `now() - interval '2 minutes'`;
  const id = await session(db, null, `deadline_at = ${late}, sweep_at = ${late}`);
  await using _sweepers = new Sweepers(db, new OddProvider());
  expect(await whenMended(db, id)).toMatchObject({ kind: 'stuck', provider: null });
  expect(await db.query('select state from sessions')).toEqual([{ state: 'ended' }]);
});

it('takes a guest off the records whose desktop is long gone', async () => {
  await using database = await prepare();
  const { db } = database;
  const guest = await person(db, 'anonymous');
  await using _sweepers = new Sweepers(db, new OddProvider());
  expect(await whenMended(db, guest)).toMatchObject({ kind: 'forgotten', provider: null });
  expect(await db.query('select from users')).toEqual([]);
});

it('deletes sign-ins that are long over, and no others', async () => {
  await using database = await prepare();
  const { db } = database;
  const user = await person(db);
  await db.query(
    `insert into sign_ins (id_hash, user_id, csrf_token, expires_at)
     values ('old', $1, 'c', now() - interval '2 hours'), ('good', $1, 'c', now() + interval '2 hours')`,
    [user],
  );
  await using _sweepers = new Sweepers(db, new OddProvider());
  await whenMended(db, 'sign-ins');
  expect(await db.query('select id_hash from sign_ins')).toEqual([{ id_hash: 'good' }]);
});
