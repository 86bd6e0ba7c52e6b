/** Whatever a provider does, no desktop stays on its way: it leaves by its deadline, or is `deleting` and says so. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { type Mood, moods, OddProvider } from './odd-provider.ts';
import { findingsOf, furnish, passAnHour, put, Sweepers } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

type Db = TestDatabase['db'];
const ways = ['creating', 'warming', 'cooling', 'failed', 'deleting'] as const;
type Way = (typeof ways)[number];
type Cast = { way: Way; mood: Mood }[];

async function enter(
  db: Db,
  provider: OddProvider,
  moodsOf: Map<string, Mood>,
  cast: Cast,
): Promise<string[]> {
  const ids: string[] = [];
  for (const { way, mood } of cast) {
    const id = await put(db, way);
    moodsOf.set(id, mood);
    provider.there.add(id);
    ids.push(id);
  }
  return ids;
}

/** @returns those that are on their way and are not being removed */
async function stuck(db: Db): Promise<unknown[]> {
  return await db.query(
    `select id, state, deadline_at, error from desktops where state in ('creating', 'warming', 'cooling', 'failed')`,
  );
}

/** @returns those whose removal is late and of which nobody is told */
async function untold(db: Db): Promise<unknown[]> {
  return await db.query(`
    select d.id from desktops d where d.state = 'deleting' and d.deadline_at < now()
      and not exists (select from findings f where f.subject = d.id::text and f.kind = 'stuck' and f.mended_at is null)`);
}

it('no desktop is on its way for ever, and none is called gone that its provider has', {
  timeout: 300_000,
}, async () => {
  const member = fc.record({ way: fc.constantFrom(...ways), mood: fc.constantFrom(...moods) });
  await fc.assert(
    fc.asyncProperty(fc.array(member, { minLength: 5, maxLength: 20 }), async (cast) => {
      await using database = await server.createDatabase();
      const { db } = database;
      await furnish(db);
      const moodsOf = new Map<string, Mood>();
      const provider = new OddProvider((id) => moodsOf.get(id) ?? 'honest');
      const ids = await enter(db, provider, moodsOf, cast);
      await using _sweepers = new Sweepers(db, provider);
      // Each hour one deadline is over: of the way, of the failure, of the removal.
      await waitFor('nobody is on the way any more', async () => {
        await passAnHour(db);
        return (await stuck(db)).length === 0;
      });
      await waitFor('every late removal is told', async () => (await untold(db)).length === 0);
      const gone = await db.query<{ id: string }>(`select id from desktops where state = 'gone'`);
      for (const { id } of gone) expect([id, provider.there.has(id)]).toEqual([id, false]);
      const undying = ids.filter((id) => moodsOf.get(id) === 'undying' && provider.deleted.includes(id));
      expect(gone.filter(({ id }) => undying.includes(id))).toEqual([]);
    }),
    { seed: 20_262, numRuns: 8 },
  );
});

it('tells for how long a desktop is being removed, and ends the finding when it is gone', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  const moodsOf = new Map<string, Mood>();
  const provider = new OddProvider((id) => moodsOf.get(id) ?? 'honest');
  const [id = ''] = await enter(db, provider, moodsOf, [{ way: 'deleting', mood: 'undying' }]);
  await using _sweepers = new Sweepers(db, provider);
  await passAnHour(db);
  const told = await waitFor('it is told', async () =>
    (await findingsOf(db, id)).find(
      ({ reason }) => reason.includes('for 69 minutes') && reason.includes('In a moment.'),
    ),
  );
  expect([told.kind, told.mendedAt, told.mend]).toEqual([
    'stuck',
    null,
    expect.stringContaining('until it is gone'),
  ]);
  expect(await db.query('select state from desktops')).toEqual([{ state: 'deleting' }]);
  moodsOf.set(id, 'honest');
  await db.query('update desktops set look_again_at = now()');
  await waitFor('it is over', async () =>
    (await findingsOf(db, id)).some(({ mendedAt }) => mendedAt !== null),
  );
  expect(await db.query('select state from desktops')).toEqual([{ state: 'gone' }]);
});
