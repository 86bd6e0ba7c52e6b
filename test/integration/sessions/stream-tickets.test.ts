import { StreamTickets } from '@homeroom/controller/sessions/stream-tickets.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { Classroom, enlist, furnish, seat } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function prepare(database: { db: Database; url: string }) {
  const provider = await furnish(database.db);
  const room = new Classroom({ ...database, provider });
  const [userId = ''] = await enlist(database.db, 1);
  const [place] = await seat(database.db, 1);
  const { id } = await room.begin(userId);
  const binding = { sessionId: id, deviceId: place?.deviceId ?? null, signInHash: 'a-sign-in' };
  return { tickets: new StreamTickets({ db: database.db }), binding };
}

it('opens the stream once for whom it was issued', async () => {
  await using database = await server.createDatabase();
  const { tickets, binding } = await prepare(database);
  const { ticket } = await tickets.issue(binding);
  await tickets.redeem(ticket, binding);
  await expect(tickets.redeem(ticket, binding)).rejects.toMatchObject({ code: 'ticket_invalid' });
});

it('is used up by one of ten connections that come at once', async () => {
  await using database = await server.createDatabase();
  const { tickets, binding } = await prepare(database);
  const { ticket } = await tickets.issue(binding);
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => tickets.redeem(ticket, binding)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('is refused for another device, another sign-in, another session, and made up', async () => {
  await using database = await server.createDatabase();
  const { tickets, binding } = await prepare(database);
  const { ticket } = await tickets.issue(binding);
  const refused = { code: 'ticket_invalid' };
  await expect(tickets.redeem(ticket, { ...binding, deviceId: null })).rejects.toMatchObject(refused);
  await expect(tickets.redeem(ticket, { ...binding, signInHash: 'another' })).rejects.toMatchObject(refused);
  const sessionId = '00000000-0000-4000-8000-000000000000';
  await expect(tickets.redeem(ticket, { ...binding, sessionId })).rejects.toMatchObject(refused);
  await expect(tickets.redeem('made-up', binding)).rejects.toMatchObject(refused);
  await tickets.redeem(ticket, binding);
});

it('is refused when its minute is over', async () => {
  await using database = await server.createDatabase();
  const { tickets, binding } = await prepare(database);
  const { ticket } = await tickets.issue(binding);
  await database.db.query(`update stream_tickets set expires_at = now() - interval '1 second'`);
  await expect(tickets.redeem(ticket, binding)).rejects.toMatchObject({ code: 'ticket_invalid' });
});
