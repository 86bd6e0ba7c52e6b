import { record } from '@homeroom/controller/store/audit.ts';
import { AuditLog } from '@homeroom/controller/store/audit-log.ts';
import { AuditSealer } from '@homeroom/controller/store/audit-sealer.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const sealerOf = ({ db }: TestDatabase) => new AuditSealer({ db, logger: silentLogger });

async function write(database: TestDatabase, count: number, actor = 'ana'): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await record(database.db, {
      actor: { id: null, username: actor },
      action: index % 2 === 0 ? 'room.rename' : 'seat.create',
      subject: `room-${index}`,
      before: { name: 'Lab' },
      after: { name: `Hall ${index}`, seats: 1.5, password: 'hunter2' },
      address: '127.0.0.1',
    });
  }
}

it('chains what was written, once, by however many sealers', async () => {
  await using database = await server.createDatabase();
  const audit = new AuditLog(database);
  await write(database, 7);
  expect(await audit.verify()).toMatchObject({ isWhole: true, verified: 0, unsealed: 7 });
  const sealed = await Promise.all([1, 2, 3].map(() => sealerOf(database).seal()));
  expect(sealed.reduce((sum, count) => sum + count, 0)).toBe(7);
  await write(database, 3);
  expect(await sealerOf(database).seal()).toBe(3);
  const rows = await database.db.query<{ sequence: number }>('select sequence from audit_log order by id');
  expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(await audit.verify()).toMatchObject({ isWhole: true, verified: 10, unsealed: 0, fault: null });
});

it('keeps the chain whole when a user is deleted', async () => {
  await using database = await server.createDatabase();
  const [user] = await database.db.query<{ id: string }>(
    `insert into users (username, display_name, role, account) values ('ben', 'Ben', 'admin', 'ben') returning id`,
  );
  await record(database.db, { actor: { id: user?.id ?? null, username: 'ben' }, action: 'room.create' });
  await sealerOf(database).seal();
  await database.db.query('delete from users');
  expect(await new AuditLog(database).verify()).toMatchObject({ isWhole: true, verified: 1 });
});

it.each([
  [
    'a changed row',
    `update audit_log set actor = 'nobody' where sequence = 4`,
    { sequence: 4, kind: 'changed' },
  ],
  ['a removed row', 'delete from audit_log where sequence = 4', { sequence: 4, kind: 'missing' }],
  ['the last rows cut off', 'delete from audit_log where sequence > 4', { sequence: 5, kind: 'cut-off' }],
  ['everything removed', 'delete from audit_log', { sequence: 1, kind: 'cut-off' }],
])('shows %s, by whoever got past the guard of the table', async (_what, sql, fault) => {
  await using database = await server.createDatabase();
  await write(database, 6);
  await sealerOf(database).seal();
  await expect(database.db.query(sql)).rejects.toThrow('only added to');
  await database.db.query('alter table audit_log disable trigger audit_log_only_grows');
  await database.db.query(sql);
  expect(await new AuditLog(database).verify()).toMatchObject({ isWhole: false, fault });
});

it('lists by who, what and when, and keeps no secret', async () => {
  await using database = await server.createDatabase();
  await write(database, 4);
  await write(database, 2, 'ben');
  const audit = new AuditLog(database);
  const first = { limit: 50, after: null };
  const count = async (filter: Parameters<AuditLog['page']>[0]) =>
    (await audit.page(filter, first)).items.length;
  expect(await count({})).toBe(6);
  expect(await count({ actor: 'ben' })).toBe(2);
  expect(await count({ action: 'room.rename' })).toBe(3);
  expect(await count({ action: 'seat' })).toBe(3);
  expect(await count({ action: 'sea' })).toBe(0);
  expect(await count({ subject: 'room-1' })).toBe(2);
  expect(await count({ since: '2100-01-01T00:00:00.000Z' })).toBe(0);
  expect(await count({ until: '2100-01-01T00:00:00.000Z' })).toBe(6);
  const [latest] = (await audit.page({}, first)).items;
  expect(latest).toMatchObject({ actor: 'ben', before: { name: 'Lab' }, after: { password: '(not kept)' } });
  const walked: number[] = [];
  for await (const entry of audit.walk({ actor: 'ana' })) walked.push(entry.id);
  expect(walked).toEqual(walked.toSorted((left, right) => left - right));
  expect(walked).toHaveLength(4);
});
