import { randomUUID } from 'node:crypto';
import { OnceInDatabase, type OnceRequest } from '@homeroom/controller/http/once.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
let database: TestDatabase;
let userId: string;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.createDatabase();
  const [user] = await database.db.query<{ id: string }>(
    `insert into users (username, display_name, role, account) values ('ana', 'Ana', 'admin', 'ana') returning id`,
  );
  userId = user?.id ?? '';
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const requestOf = (given: Partial<OnceRequest> = {}): OnceRequest => ({
  userId,
  key: randomUUID(),
  request: 'POST /rooms {"name":"Lab"}',
  isRepeatable: false,
  ...given,
});

describe.each([false, true])('a request with a key, repeatable: %s', (isRepeatable) => {
  const make = async (name: string) => {
    await database.db.query('insert into rooms (name) values ($1)', [name]);
    return { status: 201, json: { name, password: 'told-once' } };
  };
  const count = async (name: string) =>
    (await database.db.query('select 1 from rooms where name = $1', [name])).length;

  it('makes once and answers the same, and the database does not tell what', async () => {
    const once = new OnceInDatabase(database);
    const request = requestOf({ isRepeatable });
    const name = randomUUID();
    const first = await once.run(request, () => make(name));
    const second = await once.run(request, () => make('never'));
    expect(first).toEqual({ status: 201, json: { name, password: 'told-once' }, isReplay: false });
    expect(second).toEqual({ ...first, isReplay: true });
    expect([await count(name), await count('never')]).toEqual([1, 0]);
    const [kept] = await database.db.query<{ all: string }>(
      'select idempotency_keys::text as all from idempotency_keys order by created_at desc limit 1',
    );
    expect(kept?.all).not.toContain('told-once');
    expect(kept?.all).not.toContain(request.key);
    expect(kept?.all).not.toContain(Buffer.from('told-once').toString('hex'));
  });

  it('refuses the key for another request', async () => {
    const once = new OnceInDatabase(database);
    const request = requestOf({ isRepeatable });
    await once.run(request, () => make(randomUUID()));
    const other = once.run({ ...request, request: 'POST /rooms {"name":"Hall"}' }, () => make('never'));
    await expect(other).rejects.toThrow('idempotency_key_reused');
  });

  it('forgets a request that was refused', async () => {
    const once = new OnceInDatabase(database);
    const request = requestOf({ isRepeatable });
    const name = randomUUID();
    const refused = once.run(request, async () => {
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    expect(await once.run(request, () => make(name))).toMatchObject({ isReplay: false });
  });

  it('makes once when the same request comes many times at once', async () => {
    const once = new OnceInDatabase(database);
    const request = requestOf({ isRepeatable });
    const name = randomUUID();
    const answers = await Promise.allSettled(
      Array.from({ length: 6 }, () => once.run(request, () => make(name))),
    );
    expect(await count(name)).toBe(1);
    const codes = answers.map((answer) =>
      answer.status === 'fulfilled' ? `${answer.value.status} ${answer.value.isReplay}` : answer.reason.code,
    );
    expect(codes.filter((code) => code === '201 false')).toHaveLength(1);
    const others = isRepeatable ? ['201 true', 'idempotency_key_in_use'] : ['201 true'];
    for (const code of codes.filter((each) => each !== '201 false')) expect(others).toContain(code);
  });
});

it('makes nothing when the process dies between the work and the answer', async () => {
  const once = new OnceInDatabase(database);
  const request = requestOf();
  const name = randomUUID();
  const cutOff = once.run(request, async () => {
    await database.db.query('insert into rooms (name) values ($1)', [name]);
    // What a crash does to a transaction, the server does to a connection that it ends.
    await database.db.query('select pg_terminate_backend(pg_backend_pid())');
    return { status: 201, json: {} };
  });
  await expect(cutOff).rejects.toThrow();
  expect(await database.db.query('select 1 from rooms where name = $1', [name])).toEqual([]);
  const again = await once.run(request, async () => ({ status: 201, json: 'made' }));
  expect(again).toEqual({ status: 201, json: 'made', isReplay: false });
});

it('is told that a repeatable request is at work, and may do it once its time is over', async () => {
  const once = new OnceInDatabase(database);
  const request = requestOf({ isRepeatable: true });
  const answer = async () => ({ status: 201, json: 'made' });
  const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
  const first = once.run(request, async () => {
    await expect(once.run(request, answer)).rejects.toThrow('idempotency_key_in_use');
    await database.db.query(`update idempotency_keys set created_at = now() - interval '2 minutes'`);
    expect(await once.run(request, answer)).toMatchObject({ isReplay: false });
    end();
    return { status: 201, json: 'made' };
  });
  await isOver;
  await first;
});

it('forgets keys after a day', async () => {
  const once = new OnceInDatabase(database);
  const request = requestOf();
  await once.run(request, async () => ({ status: 201, json: 'yesterday' }));
  await database.db.query(`update idempotency_keys set created_at = now() - interval '25 hours'`);
  expect(await once.run(request, async () => ({ status: 201, json: 'today' }))).toMatchObject({
    json: 'today',
  });
  await database.db.query(`update idempotency_keys set created_at = now() - interval '25 hours'`);
  await once.forgetOld();
  expect(await database.db.query('select 1 from idempotency_keys')).toEqual([]);
});
