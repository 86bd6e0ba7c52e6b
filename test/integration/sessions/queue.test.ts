import { systemActor } from '@homeroom/controller/store/actor.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { Classroom, enlist, furnish, templateId } from './classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('queues with a place when every desktop is in use, and serves the oldest when one is free', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 1, maximum: 1 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(1);
  const [holder = '', first = '', second = ''] = await enlist(database.db, 3);
  const held = await room.begin(holder);
  const oldest = await room.begin(first);
  const youngest = await room.begin(second);
  expect([oldest, youngest].map(({ state, place }) => [state, place])).toEqual([
    ['waiting', 1],
    ['waiting', 2],
  ]);
  expect(oldest.reason).toMatch(/turn/);

  await room.sessions.end(held.id, 'logout', systemActor);
  await room.whenAssigned(oldest.id);
  expect(await room.sessions.get(youngest.id)).toMatchObject({ state: 'waiting', place: 1 });
});

it('makes desktops for those who wait, beyond the minimum', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 0, maximum: 5 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  const [userId = ''] = await enlist(database.db, 1);

  const session = await room.begin(userId);
  expect(session.state).toBe('waiting');
  await room.whenAssigned(session.id);
});

it('lets somebody who waits give up', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 0, maximum: 0 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  const [userId = ''] = await enlist(database.db, 1);
  const { id } = await room.begin(userId);
  expect(await room.sessions.end(id, 'logout', systemActor)).toMatchObject({ state: 'ended', place: null });
});

it('lets nobody who comes later pass those who wait', async () => {
  await using database = await server.createDatabase();
  const provider = await furnish(database.db, { minimum: 0, maximum: 1 });
  await using room = new Classroom({ ...database, provider });
  const [first = '', second = ''] = await enlist(database.db, 2);
  const waiting = await room.begin(first);
  const [desktop] = await database.db.query<{ id: string }>(
    `insert into desktops (template_id, provider, state, ready_at)
     values ('simulated', 'simulated', 'ready', now()) returning id`,
  );
  const spec = {
    id: desktop?.id ?? '',
    templateId,
    settings: {},
    kind: null,
    ref: null,
    hostId: null,
    isAssigned: false,
  };
  await provider.create(spec, AbortSignal.timeout(10_000));

  expect((await room.begin(second)).state).toBe('waiting');
  room.start();
  expect((await room.whenAssigned(waiting.id)).desktop).toBe(desktop?.id);
});
