import { takeDueAssignments } from '@homeroom/controller/sessions/assignment-work.ts';
import { claim } from '@homeroom/controller/sessions/claim.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { enlist, furnish, templateId } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('leaves a session to the process that has the provider of its desktop', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  await db.query(`insert into desktops (template_id, provider, state) values ($1, 'simulated', 'ready')`, [
    templateId,
  ]);
  const [userId = ''] = await enlist(db, 1);
  const { id } = await claim(db, { userId, templateId, seatId: null, actor: systemActor });

  expect(await takeDueAssignments(db, { limit: 8, providers: ['host'] })).toEqual([]);
  const taken = await takeDueAssignments(db, { limit: 8, providers: ['simulated'] });
  expect(taken.map(({ sessionId }) => sessionId)).toEqual([id]);
});
