/** What is known of devices survives the controller, and the database's absence. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeviceStore } from '@homeroom/controller/fleet/device-store.ts';
import type { Database, Prepared, Queryable } from '@homeroom/controller/store/database.ts';
import { HomeroomError, topics } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { TestClients } from '../mqtt/support/clients.ts';
import { enrolDevice } from './support/enrol-device.ts';
import { FakeAgent } from './support/fake-agent.ts';
import { admin, observerPassword, startTestFleet } from './support/test-fleet.ts';

let server: TestServer;
let dir: string;
beforeAll(async () => {
  server = await startTestServer();
  dir = await mkdtemp(join(tmpdir(), 'homeroom-restart-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

it('gives retained state back after a restart, under the same certificate and the same passwords', async () => {
  await using database = await server.createDatabase();
  const first = await startTestFleet(database, { dir });
  const password = await enrolDevice(first, 'pi-1');
  const agent = await FakeAgent.connect({ id: 'pi-1', password, port: first.port });
  await agent.publish('relays', { channels: [] });
  await first.fleet.devices.patch('pi-1', { lock: true }, admin);
  await waitFor('the document', () => agent.desired?.lock);
  await waitFor('the relays', async () => (await first.fleet.devices.get('pi-1'))?.relays ?? false);
  await first[Symbol.asyncDispose]();

  await using second = await startTestFleet(database, { dir });
  expect(second.certificates).toEqual(first.certificates);
  expect((await second.fleet.devices.get('pi-1'))?.connection).toBe('ready');
  const credentials = {
    put: async () => undefined,
    remove: async () => undefined,
    putClaim: async () => undefined,
    removeClaim: async () => undefined,
    putRelay: async () => undefined,
    removeRelay: async () => undefined,
  };
  const clients = new TestClients({ port: second.port, observerPassword, credentials });
  const observer = await clients.observer();
  await observer.mqtt.subscribeAsync('homeroom/v1/pi-1/#', { qos: 1 });
  expect(JSON.parse(await observer.next(topics.device('pi-1', 'relays')))).toEqual({ channels: [] });
  expect(JSON.parse(await observer.next(topics.device('pi-1', 'desired')))).toMatchObject({
    lock: true,
    revision: 2,
  });
  // Nobody has said it since the restart; the document is told again by the controller itself.
  const relays = observer.heard.filter(({ topic }) => topic === topics.device('pi-1', 'relays'));
  expect(relays.map(({ retain }) => retain)).toEqual([true]);
  await clients.end();
  await using _again = await FakeAgent.connect({ id: 'pi-1', password, port: second.port });
});

it('keeps the latest of what devices say while the database is away', async () => {
  await using database = await server.createDatabase();
  await database.db.query(`insert into devices (id, name) values ('pi-1', 'Pi'), ('pi-2', 'Pi')`);
  const db = new AwayDatabase(database.db);
  const announced: string[] = [];
  const store = new DeviceStore({
    db,
    changes: { announce: ({ id }) => void announced.push(id), subscribe: () => () => undefined },
    logger: silentLogger,
    onUnknown: () => undefined,
    retryMs: 20,
  });
  db.isAway = true;
  for (let step = 1; step <= 100; step += 1) store.put('pi-1', 'relays', { channels: [], step });
  store.put('pi-2', 'cec', { adapters: [] });
  await waitFor('some attempts', () => db.refused > 2);
  expect(store.waitingCount).toBe(2);
  expect(announced).toEqual([]);
  db.isAway = false;
  await waitFor('both to be announced', () => announced.length >= 2);
  const rows = await database.db.query('select id, relays, cec from devices order by id');
  expect(rows).toEqual([
    { id: 'pi-1', relays: { channels: [], step: 100 }, cec: null },
    { id: 'pi-2', relays: null, cec: { adapters: [] } },
  ]);
  await store.stop();
});

it('loses one payload that the database refuses, and nobody else’s', async () => {
  await using database = await server.createDatabase();
  await database.db.query(`insert into devices (id, name) values ('pi-1', 'Pi'), ('pi-2', 'Pi')`);
  const unknown: string[] = [];
  const store = new DeviceStore({
    db: database.db,
    changes: { announce: () => undefined, subscribe: () => () => undefined },
    logger: silentLogger,
    onUnknown: (device) => void unknown.push(device),
  });
  store.put('pi-1', 'info', { serial: 'a NUL \u0000 is no text' });
  store.put('pi-2', 'relays', { channels: [] });
  store.put('pi-3', 'relays', { channels: [] });
  await waitFor('what could be written', () => {
    const { written, refused } = store.counters;
    return written === 1 && refused === 1 && unknown.length === 1;
  });
  await store.stop();
  expect(await database.db.query('select id from devices where relays is not null')).toEqual([
    { id: 'pi-2' },
  ]);
  expect(unknown).toEqual(['pi-3']);
});

/** A database that can be out of reach. */
class AwayDatabase implements Database {
  isAway = false;
  refused = 0;
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async query<Row>(sql: string | Prepared, values?: readonly unknown[]): Promise<Row[]> {
    if (!this.isAway) return this.#db.query<Row>(sql, values);
    this.refused += 1;
    throw new HomeroomError('database_unavailable');
  }

  transaction<T>(run: (tx: Queryable) => Promise<T>): Promise<T> {
    return this.#db.transaction(run);
  }

  together<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    return this.#db.together(work);
  }

  get isTogether(): boolean {
    return this.#db.isTogether;
  }

  afterCommit(run: () => void): void {
    this.#db.afterCommit(run);
  }

  ping(): Promise<void> {
    return this.#db.ping();
  }

  stop(): Promise<void> {
    return this.#db.stop();
  }
}
