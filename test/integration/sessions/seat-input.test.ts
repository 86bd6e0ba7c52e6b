import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { ageSession } from './age-session.ts';
import { Classroom, enlist, furnish, seat } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A session at a seat that nobody has used for an hour, and has been warned of that. */
async function openIdle(database: TestDatabase) {
  const provider = await furnish(database.db, { minimum: 1, template: { idle_timeout_s: 3_600 } });
  const room = new Classroom({ ...database, provider });
  room.start();
  const [userId = ''] = await enlist(database.db, 1);
  const [place, other] = await seat(database.db, 2);
  const { id } = await room.begin(userId, place?.seatId);
  await room.whenAssigned(id);
  await room.sessions.streamOpened(id);
  await ageSession(database.db, id, 3_590);
  const warning = (wanted: number) =>
    waitFor(`warning ${wanted}`, async () => (await room.sessions.get(id))?.warning === wanted);
  await warning(2);
  return { room, id, warning, deviceId: place?.deviceId ?? '', otherId: other?.deviceId ?? '' };
}

it('is no idle session whose seat’s keyboard is used, even if nothing comes by the stream', async () => {
  await using database = await server.createDatabase();
  const { room, warning, deviceId } = await openIdle(database);
  await using _ = room;
  await room.sessions.seatUsed(deviceId, new Date());
  await warning(0);
});

it('counts neither another seat’s keyboard, nor one that was used long ago', async () => {
  await using database = await server.createDatabase();
  const { room, id, deviceId, otherId } = await openIdle(database);
  await using _ = room;
  await room.sessions.seatUsed(otherId, new Date());
  await room.sessions.seatUsed(deviceId, new Date(Date.now() - 2 * 3_600_000));
  await room.sessions.seatUsed('no-such-device', new Date());
  expect((await room.sessions.get(id))?.warning).toBe(2);
});

it('believes no clock that runs ahead', async () => {
  await using database = await server.createDatabase();
  const { room, id, warning, deviceId } = await openIdle(database);
  await using _ = room;
  await room.sessions.seatUsed(deviceId, new Date(Date.now() + 86_400_000));
  await warning(0);
  const [row] = await database.db.query<{ ahead: boolean }>(
    'select last_input_at > now() as ahead from sessions where id = $1',
    [id],
  );
  expect(row?.ahead).toBe(false);
});
