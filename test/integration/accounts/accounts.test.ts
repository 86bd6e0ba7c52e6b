import { Accounts } from '@homeroom/controller/accounts/accounts.ts';
import { KioskSignIns } from '@homeroom/controller/accounts/kiosk-sign-ins.ts';
import { Users } from '@homeroom/controller/accounts/users.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { PostgresChanges } from '@homeroom/controller/store/postgres-changes.ts';
import type { Change } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noChanges, silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const at = (username: string, password: string) => ({
  username,
  password,
  address: '192.0.2.1',
  deviceId: null,
});

it('makes three accounts at the first start, each with a password of its own, and never again', async () => {
  await using database = await server.createDatabase();
  const accounts = new Accounts({ ...database, changes: noChanges });
  const made = await accounts.ensureFirstAccounts();
  expect(made.map(({ username }) => username)).toEqual(['admin', 'teacher', 'student']);
  expect(new Set(made.map(({ password }) => password)).size).toBe(3);
  for (const { username, password } of made) {
    const { signedIn } = await accounts.signIn(at(username, password));
    expect(signedIn.user).toMatchObject({ username, role: username, account: username });
    expect(signedIn.user.posixUid).toBeGreaterThanOrEqual(20_000);
  }
  expect(await accounts.ensureFirstAccounts('other')).toEqual([]);
});

it('makes them once when two controllers start together, with the password that was set', async () => {
  await using database = await server.createDatabase();
  const results = await Promise.all(
    [1, 2].map(() => new Accounts({ ...database, changes: noChanges }).ensureFirstAccounts('a-set-password')),
  );
  expect(results.flat().map(({ password }) => password)).toEqual(Array(3).fill('a-set-password'));
});

it('knows who holds a cookie until they sign out', async () => {
  await using database = await server.createDatabase();
  const accounts = new Accounts({ ...database, changes: noChanges });
  await accounts.ensureFirstAccounts('right');
  const { cookie, signedIn, expiresAt } = await accounts.signIn(at('  Teacher ', 'right'));
  expect(await accounts.authenticate(cookie)).toEqual(signedIn);
  expect(expiresAt.getTime()).toBeGreaterThan(Date.now());
  await accounts.signOut(cookie);
  expect(await accounts.authenticate(cookie)).toBeUndefined();
});

it('writes down who signed in, from where and at which kiosk', async () => {
  await using database = await server.createDatabase();
  const accounts = new Accounts({ ...database, changes: noChanges });
  await accounts.ensureFirstAccounts('right');
  await database.db.query(`insert into devices (id, name) values ('pi-1', 'Pi 1')`);
  const { signedIn } = await accounts.signIn({ ...at('student', 'right'), deviceId: 'pi-1' });
  await accounts.signIn(at('student', 'wrong')).catch(() => undefined);
  expect(await database.db.query('select actor_id, actor, action, subject, address from audit_log')).toEqual([
    {
      actor_id: signedIn.user.id,
      actor: 'student',
      action: 'user.sign-in',
      subject: 'pi-1',
      address: '192.0.2.1',
    },
  ]);
});

it('stores no cookie and no token as it is', async () => {
  await using database = await server.createDatabase();
  const accounts = new Accounts({ ...database, changes: noChanges });
  await accounts.ensureFirstAccounts('right');
  const { cookie, signedIn } = await accounts.signIn(at('admin', 'right'));
  const token = await accounts.createToken(signedIn.user.id, 'a script');
  const rows = await database.db.query(
    'select id_hash as stored from sign_ins union select secret_hash from api_tokens union select password_hash from users',
  );
  expect(JSON.stringify(rows)).not.toContain(cookie);
  expect(JSON.stringify(rows)).not.toContain(token.slice(3));
  expect(JSON.stringify(rows)).not.toContain('right');
});

it('refuses a wrong password and an unknown user alike, then makes both wait', async () => {
  await using database = await server.createDatabase();
  let nowMs = 0;
  const accounts = new Accounts({ ...database, changes: noChanges, now: () => nowMs });
  await accounts.ensureFirstAccounts('right');
  for (const username of ['student', 'nobody']) {
    for (const _ of Array(10)) {
      await expect(accounts.signIn(at(username, 'wrong'))).rejects.toMatchObject({ code: 'sign_in_failed' });
    }
    await expect(accounts.signIn(at(username, 'right'))).rejects.toMatchObject({
      code: 'sign_in_throttled',
      retryAfterS: 30,
    });
  }
  nowMs += 30_000;
  await expect(accounts.signIn(at('student', 'right'))).resolves.toBeDefined();
});

it('lets the right password in at a fresh address while the account is guessed from everywhere, only later', async () => {
  await using database = await server.createDatabase();
  const delaysMs: number[] = [];
  const wait = async (delayMs: number) => void delaysMs.push(delayMs);
  const accounts = new Accounts({ ...database, changes: noChanges, now: () => 0, wait });
  await accounts.ensureFirstAccounts('right');
  const from = (address: string, password: string) =>
    accounts.signIn({ ...at('teacher', password), address });
  for (const [guess] of Array(61).entries()) {
    await expect(from(`198.51.100.${guess}`, 'wrong')).rejects.toMatchObject({ code: 'sign_in_failed' });
  }
  await expect(from('192.0.2.7', 'right')).resolves.toBeDefined();
  expect(delaysMs).toEqual([250, 500]);
  await expect(from('192.0.2.7', 'right')).resolves.toBeDefined();
  expect(delaysMs).toHaveLength(2);
});

it('refuses an expired cookie and a disabled account', async () => {
  await using database = await server.createDatabase();
  const accounts = new Accounts({ ...database, changes: noChanges });
  await accounts.ensureFirstAccounts('right');
  const expired = await accounts.signIn(at('student', 'right'));
  await database.db.query(`update sign_ins set expires_at = now() - interval '1 second'`);
  const disabled = await accounts.signIn(at('teacher', 'right'));
  await database.db.query(`update users set disabled_at = now() where username = 'teacher'`);
  expect(await accounts.authenticate(expired.cookie)).toBeUndefined();
  expect(await accounts.authenticate(disabled.cookie)).toBeUndefined();
  await expect(accounts.signIn(at('teacher', 'right'))).rejects.toMatchObject({ code: 'sign_in_failed' });
});

it('knows whose bearer token it is', async () => {
  await using database = await server.createDatabase();
  const accounts = new Accounts({ ...database, changes: noChanges });
  await accounts.ensureFirstAccounts('right');
  const { signedIn } = await accounts.signIn(at('admin', 'right'));
  const token = await accounts.createToken(signedIn.user.id, 'a script');
  expect(token).toMatch(/^hr_[\w-]{43}$/);
  expect((await accounts.authenticateBearer(token))?.user).toEqual(signedIn.user);
  expect(await accounts.authenticateBearer(`${token}x`)).toBeUndefined();
  expect(await accounts.authenticateBearer('')).toBeUndefined();
});

it('gives a kiosk a cookie of its own that ends when the device is revoked', async () => {
  await using database = await server.createDatabase();
  await database.db.query(`insert into devices (id, name) values ('pi-1', 'Pi 1')`);
  const kiosks = new KioskSignIns(database);
  const issued = [];
  for (const _ of Array(6)) issued.push(await kiosks.issue('pi-1'));
  const known = await Promise.all(issued.map(({ value }) => kiosks.authenticate(value)));
  expect(known.map((each) => each?.deviceId)).toEqual([undefined, undefined, ...Array(4).fill('pi-1')]);
  await database.db.query(`update devices set revoked_at = now()`);
  expect(await kiosks.authenticate(issued.at(-1)?.value ?? '')).toBeUndefined();
  await expect(kiosks.issue('pi-2')).rejects.toMatchObject({ code: 'device_unknown' });
});

it('keeps two users whose names come to one account apart, and refuses a taken or wrong user name', async () => {
  await using database = await server.createDatabase();
  const changes = new PostgresChanges({ ...database, logger: silentLogger });
  const users = new Users({ ...database, changes });
  const create = (username: string) =>
    users.create({ username, displayName: username, role: 'student', password: null }, systemActor);
  await create('ana.maria');
  await create('ana@maria');
  const rows = await database.db.query<{ account: string }>('select account from users order by created_at');
  expect(rows.map(({ account }) => account)).toEqual([
    'ana-maria',
    expect.stringMatching(/^ana-maria-[0-9a-f]{6}$/),
  ]);
  await expect(create('ana.maria')).rejects.toMatchObject({ code: 'user_name_taken' });
  await expect(create('Ana Maria')).rejects.toMatchObject({ code: 'request_invalid' });
  await changes.stop();
});

it('ends every sign-in of a user whose password is set', async () => {
  await using database = await server.createDatabase();
  const changes = new PostgresChanges({ ...database, logger: silentLogger });
  const accounts = new Accounts({ ...database, changes: noChanges });
  await accounts.ensureFirstAccounts('right');
  const { cookie } = await accounts.signIn(at('student', 'right'));
  const users = new Users({ ...database, changes });
  await users.setPassword('student', 'newer', systemActor);
  expect(await accounts.authenticate(cookie)).toBeUndefined();
  await expect(accounts.signIn(at('student', 'newer'))).resolves.toBeDefined();
  await expect(users.setPassword('nobody', 'x', systemActor)).rejects.toMatchObject({ code: 'not_found' });
  await changes.stop();
});

it('tells of a sign-in that ended, so that its streams end, and knows which still hold', async () => {
  await using database = await server.createDatabase();
  const told: Change[] = [];
  const announce = (change: Change) => void (change.kind === 'user' && told.push(change));
  const changes = { ...noChanges, announce };
  const accounts = new Accounts({ ...database, changes });
  const users = new Users({ ...database, changes });
  await accounts.ensureFirstAccounts('right');
  const [first, second] = [
    await accounts.signIn(at('student', 'right')),
    await accounts.signIn(at('student', 'right')),
  ];
  const { id } = first.signedIn.user;
  const token = await accounts.authenticateBearer(await accounts.createToken(id, 'a script'));
  const held = () =>
    Promise.all(
      [first.signedIn, second.signedIn, token].map((who) => accounts.isSignedIn(who?.idHash ?? '')),
    );
  expect(await held()).toEqual([true, true, true]);

  await accounts.signOut(first.cookie);
  expect([told, await held()]).toEqual([[{ kind: 'user', id }], [false, true, true]]);
  await accounts.signOut(first.cookie);
  expect(told).toHaveLength(1);

  await users.setPassword('student', 'newer', systemActor);
  expect([told.length, await held()]).toEqual([2, [false, false, true]]);
  await database.db.query('update users set disabled_at = now() where id = $1', [id]);
  expect(await held()).toEqual([false, false, false]);
});
