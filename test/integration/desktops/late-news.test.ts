import { postponeDesktop } from '@homeroom/controller/desktops/desktop-work.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { furnish } from '../sessions/classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('keeps a desktop due when news of it comes while an older answer waits to be written', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db, { minimum: 1 });
  const [desktop] = await db.query<{ id: string }>(
    `insert into desktops (template_id, provider, state, deadline_at, look_again_at)
     select id, 'simulated', 'creating', now() + interval '1 hour', now() + interval '1 hour' from templates limit 1
     returning id`,
  );
  const id = desktop?.id ?? '';
  let written: Promise<void> | undefined;
  await db.transaction(async (news) => {
    await news.query('select from desktops where id = $1 for update', [id]);
    written = postponeDesktop(db, { id, state: 'creating', inMs: 60_000, error: null, progress: undefined });
    await waitFor('the answer waits for the row', async () => {
      const waiting = await db.query("select from pg_stat_activity where wait_event_type = 'Lock'");
      return waiting.length > 0;
    });
    await news.query('update desktops set look_again_at = clock_timestamp() where id = $1', [id]);
  });
  await written;
  const due = await db.query('select from desktops where id = $1 and look_again_at <= now()', [id]);
  expect(due).toHaveLength(1);
});
