import { ExternalPeople } from '@homeroom/controller/accounts/external/external-people.ts';
import { OidcSignIn } from '@homeroom/controller/accounts/oidc/oidc-sign-in.ts';
import { OpenIdProvider } from '@homeroom/controller/accounts/oidc/openid-provider.ts';
import { createSealKey, Sealer } from '@homeroom/controller/accounts/second-step/sealer.ts';
import type { Role } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  clientId,
  clientSecret,
  IdentityServer,
  type Person,
} from '../../support/identity/identity-server.ts';
import { visitProvider } from '../../support/identity/visit-provider.ts';
import { noChanges, startTestServer, type TestServer } from '../../support/postgres.ts';
import { audited } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const origin = 'https://desks.example';

async function setUp(people: Record<string, Person>, secret = clientSecret) {
  const database = await server.createDatabase();
  const { db } = database;
  const identity = await IdentityServer.start({ people, redirectUris: [`${origin}/sign-in/oidc`] });
  const roles: Record<string, Role> = { staff: 'teacher', it: 'admin' };
  const signIn = new OidcSignIn({
    db,
    provider: new OpenIdProvider({
      issuer: identity.issuer,
      clientId,
      clientSecret: secret,
      scopes: ['profile', 'email'],
    }),
    people: new ExternalPeople({ db, changes: noChanges }),
    sealer: new Sealer(createSealKey()),
    rules: { groupsClaim: 'groups', roles },
    name: 'School',
  });
  const enter = async (login: string) => {
    const { url, sealed } = await signIn.begin(origin);
    return await signIn.finish(sealed, await visitProvider(url, login), '192.0.2.1');
  };
  const groupsOf = (id: string) =>
    db.query(
      `select g.name, g.source from group_members m join groups g on g.id = m.group_id where m.user_id = $1 order by 1`,
      [id],
    );
  const dispose = async () => {
    await identity.stop();
    await database[Symbol.asyncDispose]();
  };
  return { db, identity, signIn, enter, groupsOf, people, [Symbol.asyncDispose]: dispose };
}

const ana = {
  preferred_username: 'Ana',
  name: 'Ana Maria',
  email: 'ana@school.example',
  groups: ['7b', 'staff'],
};

it('makes an account at the first sign-in, with role and groups, and finds it again', async () => {
  await using part = await setUp({ 'sub-1': ana });
  const first = await part.enter('sub-1');
  expect(first).toMatchObject({ username: 'ana', displayName: 'Ana Maria', role: 'teacher', account: 'ana' });
  expect(await part.groupsOf(first.id)).toEqual([
    { name: '7b', source: 'oidc' },
    { name: 'staff', source: 'oidc' },
  ]);
  expect(await part.db.query('select source, external_id, email, password_hash from users')).toEqual([
    { source: 'oidc', external_id: 'sub-1', email: 'ana@school.example', password_hash: null },
  ]);
  expect(await part.enter('sub-1')).toEqual(first);
  expect((await audited(part.db)).map(({ action }) => action)).toEqual(['user.create']);
});

it('takes role, name and groups from the provider at each sign-in', async () => {
  await using part = await setUp({ 'sub-1': ana });
  const { id } = await part.enter('sub-1');
  part.people['sub-1'] = { ...ana, preferred_username: 'renamed', name: 'Ana M.', groups: ['chess'] };
  expect(await part.enter('sub-1')).toMatchObject({
    id,
    username: 'ana',
    displayName: 'Ana M.',
    role: 'student',
  });
  expect(await part.groupsOf(id)).toEqual([{ name: 'chess', source: 'oidc' }]);
});

it('never takes over an account or a group that is there already', async () => {
  await using part = await setUp({ 'sub-1': { preferred_username: 'admin', groups: ['7b', 'admin'] } });
  await part.db.query(
    `insert into users (username, display_name, role, account) values ('admin', 'Admin', 'admin', 'admin')`,
  );
  await part.db.query(`insert into groups (name) values ('7b')`);
  const made = await part.enter('sub-1');
  expect(made).toMatchObject({ role: 'student', username: expect.stringMatching(/^admin-[0-9a-f]{8}$/) });
  expect(await part.groupsOf(made.id)).toEqual([{ name: 'admin', source: 'oidc' }]);
  expect(await part.enter('sub-1')).toEqual(made);
});

it('gives one account to whoever comes in twice at once', async () => {
  await using part = await setUp({ 'sub-1': ana });
  const [one, other] = await Promise.all([part.enter('sub-1'), part.enter('sub-1')]);
  expect(one).toEqual(other);
});

it('refuses whoever is disabled here', async () => {
  await using part = await setUp({ 'sub-1': ana });
  const { id } = await part.enter('sub-1');
  await part.db.query('update users set disabled_at = now() where id = $1', [id]);
  await expect(part.enter('sub-1')).rejects.toMatchObject({ code: 'account_disabled' });
});

it('takes an answer once, and only for the question of this browser', async () => {
  await using part = await setUp({ 'sub-1': ana });
  const { url, sealed } = await part.signIn.begin(origin);
  const answer = await visitProvider(url, 'sub-1');
  const other = await part.signIn.begin(origin);
  const over = { code: 'sign_in_provider_over' };
  await expect(part.signIn.finish(other.sealed, answer, null)).rejects.toMatchObject(over);
  await expect(part.signIn.finish(sealed, 'code=guessed', null)).rejects.toMatchObject(over);
  await part.signIn.finish(sealed, answer, null);
  await expect(part.signIn.finish(sealed, answer, null)).rejects.toMatchObject(over);
});

it('tells in words what the provider refused', async () => {
  await using part = await setUp({});
  const { url, sealed } = await part.signIn.begin(origin);
  const state = new URL(url).searchParams.get('state') ?? '';
  const answer = new URLSearchParams({
    state,
    iss: part.identity.issuer,
    error: 'access_denied',
    error_description: 'Not this time.',
  });
  await expect(part.signIn.finish(sealed, answer.toString(), null)).rejects.toMatchObject({
    code: 'sign_in_provider_refused',
    detail: 'access_denied: Not this time.',
  });
});

it('says that the settings are wrong where the secret is', async () => {
  await using part = await setUp({ 'sub-1': ana }, 'another secret than the provider knows');
  await expect(part.enter('sub-1')).rejects.toMatchObject({ code: 'sign_in_provider_invalid' });
});

it('says that the provider is away, at the beginning and at the end', async () => {
  await using part = await setUp({ 'sub-1': ana });
  const { url, sealed } = await part.signIn.begin(origin);
  const answer = await visitProvider(url, 'sub-1');
  await part.identity.stop();
  const away = { code: 'sign_in_provider_unavailable', retryAfterS: 10 };
  await expect(part.signIn.finish(sealed, answer, null)).rejects.toMatchObject(away);
  const fresh = new OpenIdProvider({ issuer: part.identity.issuer, clientId, clientSecret, scopes: [] });
  await expect(fresh.begin(origin)).rejects.toMatchObject(away);
});
