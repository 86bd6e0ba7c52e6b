import { ApiTokens, type NewToken } from '@homeroom/controller/accounts/tokens/api-tokens.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { wholeList } from '@homeroom/controller/store/page.ts';
import type { Change } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { insertUser } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function setUp({ db }: Awaited<ReturnType<TestServer['createDatabase']>>) {
  const told: Change[] = [];
  const tokens = new ApiTokens({ db, changes: { announce: (change) => void told.push(change) } });
  const ana = await insertUser(db, 'ana', 'teacher');
  const create = (request: Partial<NewToken> = {}) =>
    tokens.create(
      { userId: ana, note: 'a script', scopes: ['*'], expiresInS: 3_600, madeBy: null, ...request },
      systemActor,
    );
  return { db, told, tokens, ana, create };
}

it('makes a token that says who it is and what it may do, and stores nothing that opens', async () => {
  await using database = await server.createDatabase();
  const { db, tokens, ana, create } = await setUp(database);
  const { token, ...told } = await create({ scopes: ['rooms:read', 'rooms:read'] });
  expect(token).toMatch(/^hr_[\w-]{43}$/);
  expect(told).toMatchObject({ user: ana, username: 'ana', note: 'a script', scopes: ['rooms:read'] });
  expect(await tokens.authenticate(token)).toMatchObject({
    user: { id: ana, role: 'teacher' },
    scopes: ['rooms:read'],
  });
  const stored = [await db.query('select * from api_tokens'), await db.query('select * from audit_log')];
  expect(JSON.stringify(stored)).not.toContain(token.slice(3));
});

it('writes down what a token was made with, and what it was when it is withdrawn', async () => {
  await using database = await server.createDatabase();
  const { db, tokens, ana, create } = await setUp(database);
  const { id, expiresAt } = await create({ scopes: ['rooms:read'] });
  await tokens.withdraw(id, null, systemActor);
  const made = { note: 'a script', scopes: ['rooms:read'], user: ana, expiresAt };
  const withdrawn = { note: 'a script', user: ana };
  expect(await db.query('select action, details, before, after from audit_log order by id')).toEqual([
    { action: 'token.create', details: null, before: null, after: made },
    { action: 'token.withdraw', details: null, before: withdrawn, after: null },
  ]);
});

it('opens nothing any more once it is over, withdrawn, or its user disabled', async () => {
  await using database = await server.createDatabase();
  const { db, tokens, create } = await setUp(database);
  const [over, withdrawn, disabled] = [await create(), await create(), await create()];
  await db.query(`update api_tokens set expires_at = now() - interval '1 second' where id = $1`, [over.id]);
  await tokens.withdraw(withdrawn.id, null, systemActor);
  expect(await tokens.authenticate(over.token)).toBeUndefined();
  expect(await tokens.authenticate(withdrawn.token)).toBeUndefined();
  expect(await tokens.authenticate(disabled.token)).toBeDefined();
  await db.query('update users set disabled_at = now()');
  expect(await tokens.authenticate(disabled.token)).toBeUndefined();
});

it('notes its use, but not with each request', async () => {
  await using database = await server.createDatabase();
  const { db, tokens, create } = await setUp(database);
  const { token } = await create();
  const usedAt = async () =>
    (await db.query<{ last_used_at: Date | null }>('select last_used_at from api_tokens'))[0]?.last_used_at;
  expect(await usedAt()).toBeNull();
  await tokens.authenticate(token);
  const first = await usedAt();
  expect(first).toBeInstanceOf(Date);
  await tokens.authenticate(token);
  expect(await usedAt()).toEqual(first);
  await db.query(`update api_tokens set last_used_at = now() - interval '6 minutes'`);
  await tokens.authenticate(token);
  expect(Date.now() - ((await usedAt())?.getTime() ?? 0)).toBeLessThan(60_000);
});

it('lets a token make none that may do more, or lives longer, than itself', async () => {
  await using database = await server.createDatabase();
  const { tokens, create } = await setUp(database);
  const limited = await create({ scopes: ['tokens:write', 'rooms:read'], expiresInS: 60 });
  const madeBy = (await tokens.authenticate(limited.token)) ?? null;
  await expect(create({ madeBy, scopes: ['*'] })).rejects.toMatchObject({ code: 'scope_missing' });
  await expect(create({ madeBy, scopes: ['rooms:write'] })).rejects.toMatchObject({ code: 'scope_missing' });
  const child = await create({ madeBy, scopes: ['rooms:read'], expiresInS: 86_400 });
  expect(child.expiresAt).toBe(limited.expiresAt);
});

it('lists one’s own, or everybody’s; withdraws one’s own, or anybody’s, and tells so that streams end', async () => {
  await using database = await server.createDatabase();
  const { db, told, tokens, ana, create } = await setUp(database);
  const ben = await insertUser(db, 'ben');
  const mine = await create();
  const his = await create({ userId: ben, note: 'his' });
  const ids = async (user: string | null) => (await tokens.page(user, wholeList)).items.map(({ id }) => id);
  expect(await ids(ana)).toEqual([mine.id]);
  expect((await ids(null)).toSorted()).toEqual([mine.id, his.id].toSorted());
  await expect(tokens.withdraw(his.id, ana, systemActor)).rejects.toMatchObject({ code: 'not_found' });
  await tokens.withdraw(his.id, null, systemActor);
  await tokens.withdraw(his.id, ben, systemActor);
  expect(told).toContainEqual({ kind: 'user', id: ben });
  expect((await tokens.page(ben, wholeList)).items[0]?.withdrawnAt).not.toBeNull();
});
