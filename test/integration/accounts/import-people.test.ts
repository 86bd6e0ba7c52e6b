import { Accounts } from '@homeroom/controller/accounts/accounts.ts';
import { type ImportRequest, PeopleImport } from '@homeroom/controller/accounts/import/import-people.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { UserImport } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noChanges, startTestServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function setUp(database: Awaited<ReturnType<TestServer['createDatabase']>>) {
  const accounts = new Accounts({ ...database, changes: noChanges });
  await accounts.ensureFirstAccounts('right and long');
  const people = new PeopleImport({ ...database, changes: noChanges });
  const run = (text: string, options: Partial<ImportRequest> = {}) =>
    people.run({ text, existing: 'refuse', dryRun: false, ...options }, systemActor);
  const done = async (text: string, options?: Partial<ImportRequest>): Promise<UserImport> => {
    const outcome = await run(text, options);
    if (outcome.kind !== 'done') throw new Error(`refused: ${JSON.stringify(outcome.faults)}`);
    return outcome.answer;
  };
  const signIn = (username: string, password: string) =>
    accounts.signIn({ username, password, address: null, deviceId: null });
  const groupsOf = (username: string) =>
    database.db.query<{ name: string }>(
      `select g.name from groups g join group_members m on m.group_id = g.id
       join users u on u.id = m.user_id where u.username = $1 order by g.name`,
      [username],
    );
  const count = async () => (await database.db.query('select id from users')).length;
  return { run, done, signIn, groupsOf, count };
}

it('makes people, their groups and their passwords, which let them in', async () => {
  await using database = await server.createDatabase();
  const { done, signIn, groupsOf } = await setUp(database);
  const answer = await done(
    '\uFEFFusername;displayName;role;groups;password\r\nana;Ana Maria;;7b|Choir;\r\nben;Ben;teacher;7b;long enough\r\n',
  );
  expect(answer).toEqual({
    dryRun: false,
    created: 2,
    updated: 0,
    unchanged: 0,
    newGroups: ['7b', 'Choir'],
    passwords: expect.stringMatching(/^username,displayName,password\r\nana,Ana Maria,[a-z-]{19}\r\n$/),
  });
  const [, line = ''] = answer.passwords?.split('\r\n') ?? [];
  expect((await signIn('ana', line.split(',')[2] ?? '')).signedIn.user).toMatchObject({
    displayName: 'Ana Maria',
    role: 'student',
    account: 'ana',
  });
  expect((await signIn('ben', 'long enough')).signedIn.user.role).toBe('teacher');
  expect((await groupsOf('ana')).map(({ name }) => name)).toEqual(['7b', 'Choir']);
});

it('does nothing when a single line is wrong, and tells everything that is', async () => {
  await using database = await server.createDatabase();
  const { run, count } = await setUp(database);
  const before = await count();
  expect(await run('username,role,groups\nana,student,7b\nstudent,student,7b\nben,pupil,7c\n')).toEqual({
    kind: 'refused',
    faults: [
      { line: 3, column: 'username', message: 'There is a user student already.' },
      { line: 4, column: 'role', message: expect.stringContaining('pupil') },
    ],
  });
  expect(await count()).toBe(before);
  expect(await database.db.query('select name from groups')).toEqual([]);
});

it('only tells what would become of a file in a dry run', async () => {
  await using database = await server.createDatabase();
  const { done, count } = await setUp(database);
  const before = await count();
  const file = 'username,displayName,groups\nana,Ana,7b\nstudent,Ada,7b\nteacher,Teacher,\n';
  expect(await done(file, { dryRun: true, existing: 'update' })).toEqual({
    dryRun: true,
    created: 1,
    updated: 1,
    unchanged: 1,
    newGroups: ['7b'],
    passwords: null,
  });
  expect(await count()).toBe(before);
});

it('updates people who are there, and signs out who gets a new password', async () => {
  await using database = await server.createDatabase();
  const { done, signIn, groupsOf } = await setUp(database);
  await signIn('student', 'right and long');
  await signIn('teacher', 'right and long');
  await done('username,displayName,groups,password\nstudent,Ada,7b,another one\nteacher,Alan,,\n', {
    existing: 'update',
  });
  expect(
    await database.db.query('select u.username from sign_ins s join users u on u.id = s.user_id'),
  ).toEqual([{ username: 'teacher' }]);
  expect((await signIn('student', 'another one')).signedIn.user.displayName).toBe('Ada');
  expect((await signIn('teacher', 'right and long')).signedIn.user).toMatchObject({
    displayName: 'Alan',
    role: 'teacher',
  });
  expect(await groupsOf('student')).toEqual([{ name: '7b' }]);
});

it('leaves an admin, whatever the file says', async () => {
  await using database = await server.createDatabase();
  const { run } = await setUp(database);
  await expect(
    run('username,role\nadmin,teacher\nana,student\n', { existing: 'update' }),
  ).rejects.toMatchObject({
    code: 'last_admin',
  });
  expect(await database.db.query(`select role from users where username in ('admin', 'ana')`)).toEqual([
    { role: 'admin' },
  ]);
});

it('writes one line down for the file, without a password', async () => {
  await using database = await server.createDatabase();
  const { done } = await setUp(database);
  await done('username,password\nana,long enough\nben,\n');
  const rows = await database.db.query(`select action, details from audit_log where action = 'user.import'`);
  expect(rows).toEqual([
    { action: 'user.import', details: { created: ['ana', 'ben'], updated: [], newGroups: [] } },
  ]);
});

it('gives each a user id and an account of their own, also where two names come to one', async () => {
  await using database = await server.createDatabase();
  const { done } = await setUp(database);
  await done('username\nana.maria\nana@maria\nana-maria\n');
  const rows = await database.db.query<{ account: string; posix_uid: number }>(
    `select account, posix_uid from users where username like 'ana%'`,
  );
  expect(new Set(rows.map(({ account }) => account)).size).toBe(3);
  expect(new Set(rows.map(({ posix_uid: uid }) => uid)).size).toBe(3);
});
