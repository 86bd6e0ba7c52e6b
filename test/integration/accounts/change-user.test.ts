import { Accounts } from '@homeroom/controller/accounts/accounts.ts';
import { Users } from '@homeroom/controller/accounts/users.ts';
import { ensureServiceAccount } from '@homeroom/controller/node-red/service-account.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { wholeList } from '@homeroom/controller/store/page.ts';
import type { PatchUserRequest } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noChanges, startTestServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const password = 'right and long';

async function setUp(database: Awaited<ReturnType<TestServer['createDatabase']>>) {
  const accounts = new Accounts({ ...database, changes: noChanges });
  const users = new Users({ ...database, changes: noChanges });
  await accounts.ensureFirstAccounts(password);
  const idOf = async (username: string) =>
    (await users.page(wholeList)).items.find((user) => user.username === username)?.id ?? '';
  const change = async (username: string, patch: PatchUserRequest) =>
    users.change(await idOf(username), patch, systemActor);
  const signIn = (username: string) =>
    accounts.signIn({ username, password, address: '192.0.2.1', deviceId: null });
  return { accounts, users, change, signIn };
}

it('changes what is named and nothing else', async () => {
  await using database = await server.createDatabase();
  const { change } = await setUp(database);
  const before = { username: 'student', displayName: 'Student', role: 'student', disabled: false };
  expect(await change('student', {})).toMatchObject(before);
  expect(await change('student', { displayName: 'Ada' })).toMatchObject({ ...before, displayName: 'Ada' });
  expect(await change('student', { role: 'teacher' })).toMatchObject({ displayName: 'Ada', role: 'teacher' });
});

it('signs a disabled user out, lets them in no more, and in again once enabled', async () => {
  await using database = await server.createDatabase();
  const { accounts, users, change, signIn } = await setUp(database);
  const { cookie } = await signIn('student');
  expect(await change('student', { disabled: true })).toMatchObject({ disabled: true });
  expect(await accounts.authenticate(cookie)).toBeUndefined();
  await expect(signIn('student')).rejects.toMatchObject({ code: 'sign_in_failed' });
  expect((await users.page(wholeList)).items.find(({ username }) => username === 'student')?.disabled).toBe(
    true,
  );
  expect(await change('student', { disabled: false })).toMatchObject({ disabled: false });
  expect(await accounts.authenticate(cookie)).toBeUndefined();
  await expect(signIn('student')).resolves.toBeDefined();
});

it('keeps the last admin, also from two who demote each other at once', async () => {
  await using database = await server.createDatabase();
  const { users, change } = await setUp(database);
  for (const patch of [{ disabled: true }, { role: 'teacher' }] as const) {
    await expect(change('admin', patch)).rejects.toMatchObject({ code: 'last_admin' });
  }
  await change('teacher', { role: 'admin' });
  const both = await Promise.allSettled([
    change('admin', { role: 'student' }),
    change('teacher', { disabled: true }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const left = (await users.page(wholeList)).items.filter(
    ({ role, disabled }) => role === 'admin' && !disabled,
  );
  expect(left).toHaveLength(1);
});

it('keeps the sign-in of who changes their own password, and ends the others', async () => {
  await using database = await server.createDatabase();
  const { accounts, users, signIn } = await setUp(database);
  const [own, other] = [await signIn('student'), await signIn('student')];
  await users.setPassword('student', 'something new', systemActor, own.signedIn.idHash);
  expect(await accounts.authenticate(own.cookie)).toBeDefined();
  expect(await accounts.authenticate(other.cookie)).toBeUndefined();
});

it('sets no password for who has theirs elsewhere, and lists no guests', async () => {
  await using database = await server.createDatabase();
  const { users } = await setUp(database);
  await database.db.query(
    `insert into users (username, display_name, role, account, source, external_id) values
     ('ana', 'Ana', 'student', 'ana', 'ldap', 'uid=ana'), ('guest-1', 'Guest', 'student', 'guest-1', 'anonymous', null)`,
  );
  await expect(users.setPassword('ana', password, systemActor)).rejects.toMatchObject({
    code: 'managed_elsewhere',
  });
  expect(await database.db.query(`select password_hash from users where username = 'ana'`)).toEqual([
    { password_hash: null },
  ]);
  const { items } = await users.page(wholeList);
  expect(items.map(({ username }) => username)).not.toContain('guest-1');
  expect(items.find(({ username }) => username === 'ana')).toMatchObject({
    source: 'ldap',
    secondStep: false,
  });
});

it('counts nobody as an admin by whose account nobody gets in', async () => {
  await using database = await server.createDatabase();
  const { users, change } = await setUp(database);
  await ensureServiceAccount(database.db);
  await expect(change('admin', { disabled: true })).rejects.toMatchObject({ code: 'last_admin' });
  expect(await change('node-red', { disabled: true })).toMatchObject({ disabled: true });
  expect((await users.firstAdmin())?.username).toBe('admin');
});
