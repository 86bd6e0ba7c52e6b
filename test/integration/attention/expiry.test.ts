/** A lock ends at its time by itself, also where nothing else happens. */
import { AttentionReconciler } from '@homeroom/controller/attention/attention-reconciler.ts';
import { RoomControls } from '@homeroom/controller/attention/room-controls.ts';
import type { Change } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { admin } from '../fleet/support/test-fleet.ts';
import { seat } from '../sessions/classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('has the seat looked at when its lock ends, long before the next regular look', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const [{ seatId = '', deviceId = '' } = {}] = await seat(db, 1);
  const [room] = await db.query<{ id: string }>('select room_id as id from seats');
  const listeners = new Set<(change: Change) => void>();
  const heard: Change[] = [];
  const changes = {
    announce: (change: Change) => {
      heard.push(change);
      for (const listener of listeners) listener(change);
    },
    subscribe: (listener: (change: Change) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const anHourMs = 3_600_000;
  const options = { db, changes, logger: silentLogger, intervalMs: anHourMs };
  const reconciler = new AttentionReconciler(options);
  reconciler.start();
  try {
    // Shorter than a person may ask for.
    await new RoomControls(options).lock(room?.id ?? '', { on: true, forS: 2 }, admin);
    heard.length = 0;
    await waitFor('the seat to be looked at', () => heard.length === 2);
    expect(await db.query('select from seat_locks')).toEqual([]);
    expect(heard).toEqual([
      { kind: 'seat', id: seatId },
      { kind: 'device', id: deviceId },
    ]);
  } finally {
    await reconciler.stop();
  }
});
