/** Whatever people, pages, providers, processes and the clock do, in whatever order: what must hold of sessions holds. */
import type { Database } from '@homeroom/controller/store/database.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../support/postgres.ts';
import { enlist, seat } from '../classroom.ts';
import { begun, seats, sessionEvent, templates, users } from './session-events.ts';
import { SessionInvariants } from './session-invariants.ts';
import { type Cast, SessionMachine } from './session-machine.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** The longest that the rules below let a session live once nobody does anything. */
const longestS = 3_600 + 120 + 7_200 + 600;

async function furnishCast(db: Database): Promise<Cast> {
  const names = Array.from({ length: templates }, (_, index) => `template-${index}`);
  for (const name of names)
    await db.query(
      `insert into templates (id, name, provider, idle_timeout_s, limit_s, detach_grace_s)
       values ($1, $1, 'simulated', 1200, 7200, 600)`,
      [name],
    );
  const places = await seat(db, seats);
  return { users: await enlist(db, users), seats: places.map(({ seatId }) => seatId), templates: names };
}

it('keeps one session per user, one user per desktop, warns before it ends, and leaves every state in time', {
  timeout: 300_000,
}, async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const cast = await furnishCast(db);
  // The same runs each time: a build that fails is to fail again.
  const fixed = { seed: 20_261, numRuns: 25 };
  await fc.assert(
    fc.asyncProperty(fc.array(sessionEvent, { minLength: 10, maxLength: 40 }), async (events) => {
      await db.query('truncate sessions, desktops, stream_tickets cascade');
      const machine = new SessionMachine(db, cast);
      const invariants = new SessionInvariants(db);
      for (const event of [...begun, ...events]) {
        await machine.let(event);
        await invariants.check();
      }
      expect(await machine.pass(longestS, 300)).toBe(0);
      await invariants.check();
    }),
    fixed,
  );
});
