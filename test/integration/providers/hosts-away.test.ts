/** What becomes of desktops when their host goes away, comes back, or loses them. */
import { randomUUID } from 'node:crypto';
import type { DesktopSpec } from '@homeroom/controller/desktops/provider.ts';
import { HostProvider } from '@homeroom/controller/providers/host/host-provider.ts';
import { HostReports } from '@homeroom/controller/providers/host/host-reports.ts';
import type { Host } from '@homeroom/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { enrolDevice } from '../fleet/support/enrol-device.ts';
import { FakeAgent } from '../fleet/support/fake-agent.ts';
import { startTestFleet, type TestFleet } from '../fleet/support/test-fleet.ts';

let server: TestServer;
let database: TestDatabase;
let test: TestFleet;
let reports: HostReports;
let provider: HostProvider;
let looked: string[];
let passwords: Map<string, string>;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  database = await server.createDatabase();
  const { db } = database;
  await db.query(`insert into templates (id, name, provider) values ('desktop', 'Desktop', 'host')`);
  test = await startTestFleet(database);
  looked = [];
  passwords = new Map();
  const { messaging } = test;
  reports = new HostReports({ db, messaging, lookAgain: (id) => void looked.push(id), logger: silentLogger });
  reports.start();
  provider = new HostProvider({ db, commands: messaging.commands, logger: silentLogger });
});
afterEach(async () => {
  await reports.stop();
  await test[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const signal = () => AbortSignal.timeout(10_000);
const report = (given: Partial<Host> = {}): Host => ({
  capacity: 2,
  isolation: 'own',
  load: 0,
  faults: [],
  desktops: [],
  ...given,
});
const running = (desktop: string): Host['desktops'][number] => ({
  desktop,
  user: 'student',
  state: 'running',
  startedAt: '2026-01-01T00:00:00.000Z',
});
const hosts = () =>
  database.db.query<{ device_id: string; healthy: boolean }>(
    'select device_id, healthy from hosts order by 1',
  );
const known = (id: string, isHealthy: boolean) =>
  waitFor(`${id} to be ${isHealthy ? 'well' : 'away'}`, async () =>
    (await hosts()).some(({ device_id, healthy }) => device_id === id && healthy === isHealthy),
  );

async function startHost(id: string, first: Host = report()): Promise<FakeAgent> {
  const password = passwords.get(id) ?? (await enrolDevice(test, id, { host: true }));
  passwords.set(id, password);
  const agent = await FakeAgent.connect({ id, password, port: test.port });
  await agent.publish('host', first);
  await known(id, first.faults.length === 0);
  return agent;
}

/** A desktop on record. */
async function record(state: 'creating' | 'claimed', hostId: string | null = null): Promise<DesktopSpec> {
  const id = randomUUID();
  const sql = `insert into desktops (id, template_id, provider, state, host_id, deadline_at)
    values ($1, 'desktop', 'host', $2, $3, now() + interval '1 hour')`;
  await database.db.query(sql, [id, state, hostId]);
  return {
    id,
    templateId: 'desktop',
    settings: {},
    kind: null,
    ref: null,
    hostId,
    isAssigned: state === 'claimed',
  };
}
const silentFor = (id: string, seconds: number) =>
  database.db.query('update hosts set seen_at = now() - make_interval(secs => $2) where device_id = $1', [
    id,
    seconds,
  ]);

it('gives the places of hosts out evenly, and not one too many however many ask', async () => {
  await using _one = await startHost('host-1');
  await using _two = await startHost('host-2', report({ capacity: 4 }));
  const desktops = await Promise.all(Array.from({ length: 9 }, () => record('creating')));
  const answers = await Promise.all(desktops.map((desktop) => provider.create(desktop, signal())));
  const placed = answers.map(({ hostId }) => hostId).filter((hostId) => hostId !== undefined);
  expect(placed.toSorted()).toEqual(['host-1', 'host-1', 'host-2', 'host-2', 'host-2', 'host-2']);
  const waiting = answers.filter(({ state }) => state === 'working');
  expect(waiting).toHaveLength(3);
  expect(waiting[0]?.reason).toContain('full');
});

it('uses no host that is not well or is being emptied', async () => {
  const faults = [{ code: 'xserver_missing', message: 'Install Xvnc.' }];
  await using _one = await startHost('host-1', report({ faults }));
  await using _two = await startHost('host-2');
  await database.db.query(`update hosts set draining = true where device_id = 'host-2'`);
  expect(await provider.create(await record('creating'), signal())).toEqual({
    state: 'working',
    reason: expect.stringMatching(/says “Install Xvnc\.”; .* is being emptied/),
  });
});

it('looks at the desktops that wait as soon as a host is well', async () => {
  const { id } = await record('creating');
  await using _host = await startHost('host-1');
  await waitFor('the look', () => looked.includes(id));
});

it('looks at a desktop as soon as its host reports it no more', async () => {
  await using host = await startHost('host-1');
  const { id } = await record('claimed', 'host-1');
  await host.publish('host', report({ desktops: [running(id)] }));
  await host.publish('host', report({ desktops: [{ ...running(id), state: 'ended' }] }));
  await waitFor('the look', () => looked.includes(id));
});

it('does not give a desktop up while its host may come back', async () => {
  const host = await startHost('host-1');
  const desktop = await record('claimed', 'host-1');
  host.kill();
  await known('host-1', false);
  await expect(provider.poll(desktop, signal())).rejects.toThrow(/device_offline/);
  await silentFor('host-1', 599);
  await expect(provider.poll(desktop, signal())).rejects.toThrow(/device_offline/);
  await silentFor('host-1', 601);
  expect(await provider.poll(desktop, signal())).toMatchObject({ state: 'gone' });
});

it('looks at what a host had when it comes back without it', async () => {
  const host = await startHost('host-1');
  const [kept, lost] = [await record('claimed', 'host-1'), await record('claimed', 'host-1')];
  await host.publish('host', report({ desktops: [running(kept.id), running(lost.id)] }));
  host.kill();
  await known('host-1', false);
  await using _again = await startHost('host-1', report({ desktops: [running(kept.id)] }));
  await waitFor('the look', () => looked.includes(lost.id));
  expect(looked).not.toContain(kept.id);
});

it('gives an unused place up when its host is away for a minute, and a used one never so soon', async () => {
  const host = await startHost('host-1');
  const place = { ...(await record('creating', 'host-1')), hostId: 'host-1' };
  host.kill();
  await known('host-1', false);
  expect((await provider.poll(place, signal())).state).toBe('ready');
  await silentFor('host-1', 61);
  expect((await provider.poll(place, signal())).state).toBe('failed');
  expect((await provider.delete(place, signal())).state).toBe('gone');
});

it('notes desktops in use as unwell while their host is away, until it reports them again', async () => {
  const unwell = (id: string) => async () => {
    const [row] = await database.db.query<{ unhealthy_at: Date | null; error: string | null }>(
      'select unhealthy_at, error from desktops where id = $1',
      [id],
    );
    return row?.unhealthy_at ? row.error : false;
  };
  const host = await startHost('host-1');
  const { id } = await record('claimed', 'host-1');
  host.kill();
  expect(await waitFor('the note', unwell(id))).toMatch(/away/);
  await using _again = await startHost('host-1', report({ desktops: [running(id)] }));
  await waitFor('it is well again', async () => (await unwell(id)()) === false);
});
