import { Accounts } from '@homeroom/controller/accounts/accounts.ts';
import type {
  PasswordAuthenticator,
  PasswordProof,
  Verdict,
} from '@homeroom/controller/accounts/authenticator.ts';
import { LocalAuthenticator } from '@homeroom/controller/accounts/local-authenticator.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noChanges, startTestServer, type TestServer } from '../../support/postgres.ts';

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

/** A directory that knows one user, whom it keeps in our table as its own. */
class FakeDirectory implements PasswordAuthenticator {
  readonly source = 'ldap';
  readonly asked: PasswordProof[] = [];
  verdict: Verdict = { kind: 'unknown' };

  async verify(proof: PasswordProof): Promise<Verdict> {
    this.asked.push(proof);
    return this.verdict;
  }
}

async function setUp(database: Awaited<ReturnType<TestServer['createDatabase']>>) {
  const directory = new FakeDirectory();
  const authenticators = [new LocalAuthenticator(database), directory];
  const accounts = new Accounts({ ...database, changes: noChanges, authenticators });
  await accounts.ensureFirstAccounts('right');
  return { accounts, directory };
}

it('never tells a directory the password of a local user, right or wrong', async () => {
  await using database = await server.createDatabase();
  const { accounts, directory } = await setUp(database);
  await accounts.signIn(at('student', 'right'));
  await expect(accounts.signIn(at('student', 'wrong'))).rejects.toMatchObject({ code: 'sign_in_failed' });
  expect(directory.asked).toEqual([]);
});

it('asks the directory for whom it does not know itself', async () => {
  await using database = await server.createDatabase();
  const { accounts, directory } = await setUp(database);
  await expect(accounts.signIn(at(' Ana ', 'hers'))).rejects.toMatchObject({ code: 'sign_in_failed' });
  expect(directory.asked).toEqual([{ username: 'ana', password: 'hers' }]);
});

it('signs in whom the directory proves, as anybody else', async () => {
  await using database = await server.createDatabase();
  const { accounts, directory } = await setUp(database);
  const [row] = await database.db.query<{ id: string; posix_uid: number }>(
    `insert into users (username, display_name, role, account, source, external_id)
     values ('ana', 'Ana', 'student', 'ana', 'ldap', 'uid=ana') returning id, posix_uid`,
  );
  const account = {
    id: row?.id ?? '',
    username: 'ana',
    displayName: 'Ana',
    role: 'student' as const,
    account: 'ana',
    posixUid: row?.posix_uid ?? 0,
  };
  directory.verdict = { kind: 'proven', account };
  const { cookie } = await accounts.signIn(at('ana', 'hers'));
  expect((await accounts.authenticate(cookie))?.user).toEqual(account);
  expect(
    await database.db.query(`select actor, action from audit_log where actor_id = $1`, [account.id]),
  ).toEqual([{ actor: 'ana', action: 'user.sign-in' }]);
});

it('counts guesses at a directory’s user as any others', async () => {
  await using database = await server.createDatabase();
  const { accounts, directory } = await setUp(database);
  directory.verdict = { kind: 'wrong' };
  for (const _ of Array(10)) await accounts.signIn(at('ana', 'guess')).catch(() => undefined);
  await expect(accounts.signIn(at('ana', 'hers'))).rejects.toMatchObject({ code: 'sign_in_throttled' });
  expect(directory.asked).toHaveLength(10);
});

it('notes when somebody was last here', async () => {
  await using database = await server.createDatabase();
  const { accounts } = await setUp(database);
  await accounts.signIn(at('student', 'right'));
  expect(await database.db.query('select username from users where last_sign_in_at is not null')).toEqual([
    { username: 'student' },
  ]);
});
