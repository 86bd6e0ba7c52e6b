/** A whole room loses its power, the controller too, and comes back within the grace: every seat shows its session again. */
import { Accounts } from '@homeroom/controller/accounts/accounts.ts';
import { hashPassword } from '@homeroom/controller/accounts/password-hash.ts';
import { StreamAccess } from '@homeroom/controller/gateway/stream-access.ts';
import { OnlookerRule } from '@homeroom/controller/sessions/onlooker-rule.ts';
import type { Session } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noChanges, startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { enrolDevice } from '../fleet/support/enrol-device.ts';
import { FakeAgent } from '../fleet/support/fake-agent.ts';
import { startTestFleet, type TestFleet } from '../fleet/support/test-fleet.ts';
import { ageSession } from './age-session.ts';
import { Classroom, enlist, furnish, seat } from './classroom.ts';

const size = 9;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

interface Place {
  readonly seatId: string;
  readonly deviceId: string;
  readonly password: string;
  readonly session: Session;
  /** Of its student, who signed in at its kiosk. */
  readonly cookie: string;
}

async function occupy(room: Classroom, fleet: TestFleet, database: TestDatabase): Promise<Place[]> {
  const { db } = database;
  const accounts = new Accounts({ db, changes: noChanges });
  const students = await enlist(db, size);
  await db.query('update users set password_hash = $1', [await hashPassword('right')]);
  const places: Place[] = [];
  for (const [index, { seatId, deviceId }] of (await seat(db, size)).entries()) {
    const password = await enrolDevice(fleet, deviceId);
    const username = `pupil${index + 1}`;
    const signIn = { username, password: 'right', address: null, deviceId };
    const { cookie } = await accounts.signIn(signIn);
    const { id } = await room.begin(students[index] ?? '', seatId);
    const session = await room.whenAssigned(id);
    await room.sessions.streamOpened(id);
    places.push({ seatId, deviceId, password, session, cookie });
  }
  return places;
}

/** @returns each agent once it was told to show its session's desktop */
async function switchOn(places: readonly Place[], { port }: TestFleet): Promise<FakeAgent[]> {
  const agents = await Promise.all(
    places.map(({ deviceId: id, password }) => FakeAgent.connect({ id, password, port })),
  );
  await waitFor('every seat is told to show its own desktop', () =>
    places.every(({ session }, index) => agents[index]?.desired?.kiosk.url === session.url),
  );
  return agents;
}

/** The gateway's end of the streams is told as it breaks. */
async function cutPower(
  agents: readonly FakeAgent[],
  places: readonly Place[],
  room: Classroom,
): Promise<void> {
  for (const agent of agents) agent.kill();
  await Promise.all(places.map(({ session }) => room.sessions.streamClosed(session.id)));
}

it('brings every seat back to its session by itself', { timeout: 90_000 }, async () => {
  await using database = await server.createDatabase({ maxConnections: 20 });
  const { db } = database;
  const provider = await furnish(db, { minimum: 3, maximum: 20, template: { detach_grace_s: 900 } });
  let places: Place[];
  {
    await using fleet = await startTestFleet(database);
    await using room = new Classroom({ ...database, provider });
    room.start();
    places = await occupy(room, fleet, database);
    await cutPower(await switchOn(places, fleet), places, room);
    await waitFor('every session is kept', async () => {
      const live = await Promise.all(places.map(({ session }) => room.sessions.get(session.id)));
      return live.every((session) => session?.state === 'detached' && session.endsBy === 'idle');
    });
  }
  // The controller was without power too; ten minutes of fifteen.
  for (const { session } of places) await ageSession(db, session.id, 600);

  await using fleet = await startTestFleet(database);
  await using room = new Classroom({ ...database, provider });
  room.start();
  const agents = await switchOn(places, fleet);
  const access = new StreamAccess({ devices: fleet.fleet.devices, onlookers: new OnlookerRule({ db }) });
  const accounts = new Accounts({ db, changes: noChanges });
  for (const { deviceId, session, cookie } of places) {
    // The kiosk's own identity opens the desktop of its seat; nobody signs in again.
    const now = await room.sessions.get(session.id);
    const holder = { deviceId, userId: null, signInHash: '' };
    expect(now && (await access.maySee(holder, now))).toBe(true);
    await room.sessions.streamOpened(session.id);
    expect((await accounts.authenticate(cookie))?.user.id).toBe(session.user);
  }
  const after = await Promise.all(places.map(({ session }) => room.sessions.get(session.id)));
  expect(after.map((session) => [session?.id, session?.state, session?.desktop])).toEqual(
    places.map(({ session }) => [session.id, 'active', session.desktop]),
  );
  for (const agent of agents) await agent[Symbol.asyncDispose]();
});
