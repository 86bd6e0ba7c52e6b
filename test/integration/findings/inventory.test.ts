/** A provider compared with the records, both ways. */
import { randomUUID } from 'node:crypto';
import type { Finding } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { OddProvider } from './odd-provider.ts';
import { findingsOf, furnish, put, Sweepers, stateOf } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function prepare(): Promise<TestDatabase> {
  const database = await server.createDatabase();
  await furnish(database.db);
  return database;
}

const whenFound = (db: TestDatabase['db'], subject: string, is: (finding: Finding) => boolean = () => true) =>
  waitFor(`a finding about ${subject}`, async () => (await findingsOf(db, subject)).find(is));

it('tells of what is on no record, counts it at every look, and never touches it', async () => {
  await using database = await prepare();
  const { db } = database;
  const provider = new OddProvider();
  const unknown = randomUUID();
  for (const name of [unknown, 'vm-101', 'x'.repeat(3_000)]) provider.there.add(name);
  await using _sweepers = new Sweepers(db, provider);
  for (const name of [unknown, 'vm-101', `${'x'.repeat(199)}…`]) {
    expect(await whenFound(db, name, ({ times }) => times > 3)).toMatchObject({
      kind: 'foreign',
      provider: 'simulated',
      mendAt: null,
      mendedAt: null,
    });
    expect(await findingsOf(db, name)).toHaveLength(1);
  }
  expect(provider.deleted).toEqual([]);
});

it('tells of what is on record as another provider’s, and never touches it', async () => {
  await using database = await prepare();
  const { db } = database;
  const provider = new OddProvider();
  for (const state of ['gone', 'claimed', 'ready'] as const)
    provider.there.add(await put(db, state, { provider: 'proxmox' }));
  await using _sweepers = new Sweepers(db, provider, { makers: false });
  for (const id of provider.there) {
    const { kind, reason } = await whenFound(db, id, ({ times }) => times > 2);
    expect([kind, reason]).toEqual(['foreign', expect.stringContaining('proxmox')]);
  }
  expect([provider.there.size, provider.deleted]).toEqual([3, []]);
});

it('ends a finding by itself when it is so no longer, and begins another when it is again', async () => {
  await using database = await prepare();
  const { db } = database;
  const provider = new OddProvider();
  provider.there.add('vm-101');
  await using _sweepers = new Sweepers(db, provider);
  await whenFound(db, 'vm-101');
  provider.there.delete('vm-101');
  const over = await whenFound(db, 'vm-101', ({ mendedAt }) => mendedAt !== null);
  expect(over.mend).toContain('no longer');
  provider.there.add('vm-101');
  const again = await whenFound(db, 'vm-101', ({ mendedAt }) => mendedAt === null);
  expect(again.id).not.toBe(over.id);
});

it('removes what is on record as gone, after it was reported, and writes down that it did', async () => {
  await using database = await prepare();
  const { db } = database;
  const provider = new OddProvider();
  const id = await put(db, 'gone');
  provider.there.add(id);
  await using _sweepers = new Sweepers(db, provider);
  const mended = await whenFound(db, id, ({ mendedAt }) => mendedAt !== null);
  expect(mended).toMatchObject({ kind: 'forgotten', mend: 'It was removed again.', attempts: 1 });
  expect([provider.there.size, provider.deleted]).toEqual([0, [id]]);
  const audit = await db.query(
    `select actor, subject, details->>'subject' as about from audit_log where action = 'finding.mend'`,
  );
  expect(audit).toEqual([{ actor: 'homeroom', subject: mended.id, about: id }]);
});

it('leaves it alone within the grace', async () => {
  await using database = await prepare();
  const { db } = database;
  const provider = new OddProvider();
  const id = await put(db, 'gone');
  provider.there.add(id);
  await using _sweepers = new Sweepers(db, provider, { graceMs: 3_600_000 });
  await whenFound(db, id, ({ times }) => times > 5);
  expect(provider.deleted).toEqual([]);
});

it('tries on, ever less often, with what cannot be removed', async () => {
  await using database = await prepare();
  const { db } = database;
  const provider = new OddProvider(() => 'undying');
  const id = await put(db, 'gone');
  provider.there.add(id);
  await using _sweepers = new Sweepers(db, provider);
  const waitMs = async (attempts: number) => {
    const { mendAt } = await whenFound(db, id, (finding) => finding.attempts === attempts);
    const ms = Date.parse(mendAt ?? '') - Date.now();
    await db.query('update findings set mend_at = now()');
    return ms;
  };
  const [first, second] = [await waitMs(1), await waitMs(2)];
  expect(first).toBeGreaterThan(10_000);
  expect(second).toBeGreaterThan(first + 10_000);
  expect((await whenFound(db, id)).mendedAt).toBeNull();
});

it('gives up an unused desktop that the provider has no more, and tells why', async () => {
  await using database = await prepare();
  const { db } = database;
  const id = await put(db, 'ready');
  await using _sweepers = new Sweepers(db, new OddProvider());
  expect(await whenFound(db, id, ({ mendedAt }) => mendedAt !== null)).toMatchObject({
    kind: 'missing',
    times: 1,
  });
  expect(['deleting', 'gone']).toContain(await stateOf(db, id));
});

it('tells of a provider that lists nonsense or nothing at all, until it does better', async () => {
  await using database = await prepare();
  const { db } = database;
  const provider = new OddProvider();
  const id = await put(db, 'ready');
  provider.there.add(id);
  provider.listMood = 'nonsense';
  await using _sweepers = new Sweepers(db, provider);
  expect(await whenFound(db, 'simulated')).toMatchObject({ kind: 'stuck', provider: 'simulated' });
  provider.listMood = 'failing';
  await whenFound(db, 'simulated', ({ reason }) => reason.includes('Out of order.'));
  provider.listMood = 'honest';
  await whenFound(db, 'simulated', ({ mendedAt }) => mendedAt !== null);
  expect(await stateOf(db, id)).toBe('ready');
});

it('writes one finding, however many processes see it', async () => {
  await using database = await prepare();
  const { db } = database;
  const provider = new OddProvider();
  const gone = await put(db, 'gone');
  for (const name of ['vm-1', 'vm-2', gone]) provider.there.add(name);
  await using _one = new Sweepers(db, provider, { makers: false });
  await using _two = new Sweepers(db, provider, { makers: false });
  await using _three = new Sweepers(db, provider, { makers: false });
  for (const name of ['vm-1', 'vm-2']) {
    await whenFound(db, name, ({ times }) => times > 10);
    expect(await findingsOf(db, name)).toHaveLength(1);
  }
  await whenFound(db, gone, ({ mendedAt }) => mendedAt !== null);
  expect(new Set(provider.deleted)).toEqual(new Set([gone]));
  expect(await db.query(`select found from finding_totals where kind = 'foreign'`)).toEqual([{ found: 2 }]);
});
