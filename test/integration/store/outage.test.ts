import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, enlist, furnish } from '../sessions/classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** An answer that is lost in the very moment leaves its work taken until the lease ends. */
const leaseEndMs = 60_000;

it('loses nothing when the database dies under sessions that start, and goes on by itself', async () => {
  await using database = await server.createDatabase({ maxConnections: 20 });
  const provider = await furnish(database.db, { minimum: 10, maximum: 40 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(10);
  const students = await enlist(database.db, 20);
  const pid = server.server.pid;

  const starts = students.map(async (userId, index) => {
    if (index === 5) process.kill(pid, 'SIGKILL');
    // As a page does: it asks again until the database is back.
    return await waitFor(
      'the start is answered',
      async () => {
        try {
          return await room.begin(userId);
        } catch (error) {
          expect(error).toMatchObject({ code: 'database_unavailable' });
          return undefined;
        }
      },
      leaseEndMs,
    );
  });
  const sessions = await Promise.all(starts);
  await Promise.all(sessions.map(({ id }) => room.whenAssigned(id, leaseEndMs)));

  const [count] = await database.db.query<{ sessions: number; desktops: number }>(
    `select count(*) as sessions, count(distinct desktop_id) as desktops from sessions where state <> 'ended'`,
  );
  expect(count).toEqual({ sessions: 20, desktops: 20 });
}, 180_000);
