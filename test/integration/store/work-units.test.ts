import { PostgresChanges } from '@homeroom/controller/store/postgres-changes.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const insert = 'insert into rooms (name) values ($1)';

it('keeps everything that the work did, deep inside and side by side, or nothing', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const names = async () =>
    (await db.query<{ name: string }>('select name from rooms order by name')).map(({ name }) => name);
  const work = async () => {
    await Promise.all(['a', 'b', 'c'].map((name) => db.query(insert, [name])));
    await Promise.all(
      ['d', 'e'].map((name) =>
        db.transaction(async (tx) => {
          await tx.query(insert, [name]);
          await tx.query(insert, [`${name}${name}`]);
        }),
      ),
    );
  };
  const failing = db.together(async () => {
    await work();
    throw new Error('at the very end');
  });
  await expect(failing).rejects.toThrow('at the very end');
  expect(await names()).toEqual([]);
  await db.together(work);
  expect(await names()).toEqual(['a', 'b', 'c', 'd', 'dd', 'e', 'ee']);
});

it('goes on after a statement or a transaction inside that failed, without what that did', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await db.together(async () => {
    await db.query(insert, ['a']);
    await expect(db.query(insert, ['a'])).rejects.toThrow('unique');
    const inner = db.transaction(async (tx) => {
      await tx.query(insert, ['b']);
      await tx.query(insert, ['a']);
    });
    await expect(inner).rejects.toThrow('unique');
    await db.query(insert, ['c']);
  });
  expect(await db.query('select name from rooms order by name')).toEqual([{ name: 'a' }, { name: 'c' }]);
});

it('is seen by nobody before its end, and told to nobody either', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const changes = new PostgresChanges({ ...database, logger: silentLogger });
  const heard: string[] = [];
  changes.subscribe(({ id }) => heard.push(id));
  const { promise: isLookedAt, resolve: look } = Promise.withResolvers<void>();
  const { promise: isDone, resolve: finish } = Promise.withResolvers<void>();
  const together = db.together(async () => {
    await db.query(insert, ['a']);
    changes.announce({ kind: 'room', id: 'a' });
    look();
    await isDone;
  });
  await isLookedAt;
  expect(await db.query('select name from rooms')).toEqual([]);
  expect(heard).toEqual([]);
  finish();
  await together;
  expect(heard).toEqual(['a']);
  const undone = db.together(async () => {
    changes.announce({ kind: 'room', id: 'b' });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(heard).toEqual(['a']);
  await changes.stop();
});

it('does not hold what the work set going and left behind', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const { promise: late, resolve: goOn } = Promise.withResolvers<void>();
  let left: Promise<unknown> = Promise.resolve();
  await db.together(async () => {
    left = late.then(() => db.query(insert, ['later']));
  });
  goOn();
  await left;
  expect(await db.query('select name from rooms')).toEqual([{ name: 'later' }]);
});
