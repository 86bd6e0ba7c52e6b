import { Accounts } from '@homeroom/controller/accounts/accounts.ts';
import { LocalAuthenticator } from '@homeroom/controller/accounts/local-authenticator.ts';
import { configSchema } from '@homeroom/controller/config-keys.ts';
import { openAuthenticators } from '@homeroom/controller/start/open-directory.ts';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OpenLdap, peopleDn, service } from '../../support/identity/open-ldap.ts';
import { noChanges, silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
let ldap: OpenLdap;
beforeAll(async () => {
  server = await startTestServer();
  ldap = await OpenLdap.start();
});
afterAll(async () => {
  await ldap[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const at = (username: string, password: string) => ({
  username,
  password,
  address: '192.0.2.1',
  deviceId: null,
});

async function setUp({ db }: Awaited<ReturnType<TestServer['createDatabase']>>) {
  const config = v.parse(configSchema, {
    ldapUrl: ldap.url,
    ldapBindDn: service.dn,
    ldapBindPassword: service.password,
    ldapBaseDn: peopleDn,
    ldapRoles: 'teachers=teacher',
  });
  const elsewhere = await openAuthenticators(config, { db, changes: noChanges, logger: silentLogger });
  const authenticators = [new LocalAuthenticator({ db }), ...elsewhere];
  const accounts = new Accounts({ db, changes: noChanges, authenticators });
  await accounts.ensureFirstAccounts('right');
  return accounts;
}

it('signs in with the password of the directory, with role and groups of there', async () => {
  await using database = await server.createDatabase();
  const accounts = await setUp(database);
  const ana = await ldap.addPerson('ana', 'hers', { mail: 'ana@school.example' });
  const group = await ldap.addGroup('teachers', [ana]);
  const first = await accounts.signIn(at('Ana', 'hers'));
  expect(first.signedIn.user).toMatchObject({ username: 'ana', role: 'teacher' });
  await expect(accounts.signIn(at('ana', 'wrong'))).rejects.toMatchObject({ code: 'sign_in_failed' });
  await ldap.remove(group);
  expect((await accounts.signIn(at('ana', 'hers'))).signedIn.user).toMatchObject({
    id: first.signedIn.user.id,
    role: 'student',
  });
  expect(await database.db.query('select count(*)::int as members from group_members')).toEqual([
    { members: 0 },
  ]);
});

it('lets people of our own win by name', async () => {
  await using database = await server.createDatabase();
  const accounts = await setUp(database);
  await ldap.addPerson('teacher', 'another');
  await expect(accounts.signIn(at('teacher', 'another'))).rejects.toMatchObject({ code: 'sign_in_failed' });
  expect((await accounts.signIn(at('teacher', 'right'))).signedIn.user.role).toBe('teacher');
});

it('goes on for people of our own while the directory is away, and says so to the others', async () => {
  await using database = await server.createDatabase();
  const accounts = await setUp(database);
  await ldap.addPerson('eve', 'hers');
  await ldap.end();
  await accounts.signIn(at('student', 'right'));
  await expect(accounts.signIn(at('eve', 'hers'))).rejects.toMatchObject({ code: 'directory_unavailable' });
  await ldap.begin();
  expect((await accounts.signIn(at('eve', 'hers'))).signedIn.user.username).toBe('eve');
});

it('counts guesses at a person of the directory', async () => {
  await using database = await server.createDatabase();
  const accounts = await setUp(database);
  await ldap.addPerson('finn', 'his');
  for (const _ of Array(10)) await accounts.signIn(at('finn', 'guess')).catch(() => undefined);
  await expect(accounts.signIn(at('finn', 'his'))).rejects.toMatchObject({ code: 'sign_in_throttled' });
});
