/** A device runs desktops of users only while an admin consents. */
import { randomUUID } from 'node:crypto';
import { DesktopReconciler } from '@homeroom/controller/desktops/desktops.ts';
import type { DesktopSpec } from '@homeroom/controller/desktops/provider.ts';
import { HostProvider } from '@homeroom/controller/providers/host/host-provider.ts';
import { HostReports } from '@homeroom/controller/providers/host/host-reports.ts';
import { violationOf } from '@homeroom/controller/store/database-errors.ts';
import type { Host } from '@homeroom/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { claim } from '../fleet/support/enrol-device.ts';
import { FakeAgent } from '../fleet/support/fake-agent.ts';
import { admin, startTestFleet, type TestFleet } from '../fleet/support/test-fleet.ts';

let server: TestServer;
let database: TestDatabase;
let test: TestFleet;
let reports: HostReports;
let provider: HostProvider;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  database = await server.createDatabase();
  const { db } = database;
  await db.query(`insert into templates (id, name, provider) values ('desktop', 'Desktop', 'host')`);
  test = await startTestFleet(database);
  const { messaging } = test;
  reports = new HostReports({ db, messaging, lookAgain: () => undefined, logger: silentLogger });
  reports.start();
  provider = new HostProvider({ db, commands: messaging.commands, logger: silentLogger });
});
afterEach(async () => {
  await reports.stop();
  await test[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const signal = () => AbortSignal.timeout(10_000);
const report: Host = { capacity: 5, isolation: 'own', load: 0, faults: [], desktops: [] };
const device = () => test.fleet.devices.get('pi-1');
const patch = (host: boolean) => test.fleet.devices.patch('pi-1', { host }, admin);
const newToken = async (host: boolean) => (await test.fleet.joinTokens.create({ host }, admin)).token ?? '';
const alerts = async () => (await device())?.alerts.map(({ code }) => code);
const stateOf = async ({ id }: DesktopSpec) => {
  const sql = 'select state, host_id from desktops where id = $1';
  return (await database.db.query<{ state: string; host_id: string | null }>(sql, [id]))[0];
};
const hostActions = async () => {
  const sql = `select action, actor, subject from audit_log where action like 'device.%-host' order by id`;
  return await database.db.query(sql);
};

async function enrol(token: string): Promise<string> {
  const reply = await claim(test.port, 'pi-1', { token });
  if (reply.status !== 'accepted') throw new Error(`not enrolled: ${JSON.stringify(reply)}`);
  return reply.password;
}

/** An agent that offers five places, and is known to. */
async function startHost(token: string): Promise<FakeAgent> {
  const agent = await FakeAgent.connect({ id: 'pi-1', password: await enrol(token), port: test.port });
  await agent.publish('host', report);
  await waitFor('the host to be known', async () => {
    const rows = await database.db.query('select from hosts where healthy');
    return rows.length > 0 && (await device())?.host;
  });
  return agent;
}

/** A desktop on record. */
async function record(
  state: 'creating' | 'ready' | 'claimed',
  hostId: string | null = null,
): Promise<DesktopSpec> {
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

const breaksConsent = expect.objectContaining({
  kind: 'check',
  constraint: 'desktops_need_consent_of_host',
});

describe('a device that offers desktops by itself', () => {
  it('gets none, and its alert and the waiting desktop say why', async () => {
    await using _agent = await startHost(await newToken(false));
    expect(await device()).toMatchObject({ host: report, hostConsent: null });
    expect(await alerts()).toEqual(['host_not_allowed']);
    expect(await provider.create(await record('creating'), signal())).toEqual({
      state: 'working',
      reason: expect.stringContaining('waits until an admin allows it'),
    });
  });

  it('gets none by any other statement either: the database refuses', async () => {
    await using _agent = await startHost(await newToken(false));
    const refusal = async (work: Promise<unknown>) =>
      violationOf(await work.catch((caught: unknown) => caught));
    expect(await refusal(record('creating', 'pi-1'))).toEqual(breaksConsent);
    expect(await refusal(record('ready', 'pi-1'))).toEqual(breaksConsent);
    const { id } = await record('ready');
    const moved = database.db.query(`update desktops set host_id = 'pi-1' where id = $1`, [id]);
    expect(await refusal(moved)).toEqual(breaksConsent);
  });

  it('gets desktops as soon as an admin allows it, those that wait first', async () => {
    await using _agent = await startHost(await newToken(false));
    const waiting = await record('creating');
    const later = `update desktops set look_again_at = now() + interval '1 hour' where id = $1`;
    await database.db.query(later, [waiting.id]);
    expect(await patch(true)).toMatchObject({ hostConsent: 'allowed', alerts: [] });
    const due = 'select id from desktops where look_again_at <= now()';
    expect(await database.db.query(due)).toEqual([{ id: waiting.id }]);
    expect(await provider.create(waiting, signal())).toEqual({ state: 'ready', hostId: 'pi-1' });
    await patch(true);
    expect(await hostActions()).toEqual([{ action: 'device.allow-host', actor: 'admin', subject: 'pi-1' }]);
  });

  it('is asked about no more once it was refused', async () => {
    await using _agent = await startHost(await newToken(false));
    expect(await patch(false)).toMatchObject({ hostConsent: 'refused', alerts: [] });
    expect((await provider.create(await record('creating'), signal())).reason).toContain('is not allowed');
    expect(await hostActions()).toMatchObject([{ action: 'device.refuse-host' }]);
  });
});

describe('a device whose consent ends', () => {
  it('keeps the desktops that are used, and loses those that are not', async () => {
    await using _agent = await startHost(await newToken(true));
    const used = await record('claimed', 'pi-1');
    const unused = await record('ready', 'pi-1');
    const begun = await record('creating', 'pi-1');
    const announced: string[] = [];
    test.changes.subscribe(({ kind, id }) => announced.push(`${kind} ${id}`));
    await patch(false);
    expect(await stateOf(used)).toEqual({ state: 'claimed', host_id: 'pi-1' });
    expect(await stateOf(unused)).toEqual({ state: 'deleting', host_id: 'pi-1' });
    expect(announced).toContain(`desktop ${unused.id}`);
    const ready = database.db.query(`update desktops set state = 'ready' where id = $1`, [begun.id]);
    expect(violationOf(await ready.catch((caught: unknown) => caught))).toEqual(breaksConsent);
    expect(await provider.poll(begun, signal())).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('not allowed'),
    });
  });

  it('loses at once the place that was just being kept, and does not keep its desktop on the way', async () => {
    await using _agent = await startHost(await newToken(true));
    const begun = await record('creating', 'pi-1');
    // As of a process that is at it, and does not look again for long.
    await database.db.query(`update desktops set look_again_at = now() + interval '1 hour'`);
    await patch(false);
    expect(await provider.create(begun, signal())).toMatchObject({ state: 'failed' });
    const providers = new Map([[provider.name, provider]]);
    const { db } = database;
    const reconciler = new DesktopReconciler({ db, changes: test.changes, providers, logger: silentLogger });
    reconciler.start();
    try {
      await waitFor('it is on its way out', async () => (await stateOf(begun))?.state === 'deleting');
    } finally {
      await reconciler.stop();
    }
  });

  it('is kept no place by whoever chose it a moment before', async () => {
    await using _agent = await startHost(await newToken(true));
    const desktop = await record('creating');
    const waited = await database.db.transaction(async (tx) => {
      await tx.query(`update devices set host_consent = 'refused' where id = 'pi-1'`);
      const creating = provider.create(desktop, signal());
      await waitFor('the place to wait for the decision', async () => {
        const sql = 'select from pg_locks where not granted';
        return (await database.db.query(sql)).length > 0;
      });
      return { creating };
    });
    expect((await waited.creating).state).toBe('working');
    expect(await stateOf(desktop)).toMatchObject({ host_id: null });
  });

  it('has lost it too when it was revoked', async () => {
    await using _agent = await startHost(await newToken(true));
    const unused = await record('ready', 'pi-1');
    await test.fleet.devices.patch('pi-1', { revoked: true }, admin);
    expect(await device()).toMatchObject({ connection: 'revoked', hostConsent: null, alerts: [] });
    expect(await stateOf(unused)).toMatchObject({ state: 'deleting' });
  });
});

describe('a join token that makes hosts', () => {
  it('brings the consent with it', async () => {
    await using _agent = await startHost(await newToken(true));
    expect(await device()).toMatchObject({ hostConsent: 'allowed', alerts: [] });
    expect(await provider.create(await record('creating'), signal())).toEqual({
      state: 'ready',
      hostId: 'pi-1',
    });
    const sql = `select details->>'host' as host from audit_log where action = 'device.enrol'`;
    expect(await database.db.query(sql)).toEqual([{ host: 'allowed' }]);
  });

  it('is needed again by whoever takes the identity of a host over', async () => {
    await enrol(await newToken(true));
    // Hosts are known by their first report.
    await database.db.query(`insert into hosts (device_id, capacity) values ('pi-1', 5)`);
    const unused = await record('ready', 'pi-1');
    await enrol(await newToken(false));
    expect(await device()).toMatchObject({ hostConsent: null });
    expect(await stateOf(unused)).toMatchObject({ state: 'deleting' });
    await enrol(await newToken(true));
    expect(await device()).toMatchObject({ hostConsent: 'allowed' });
  });

  it('does not undo a refusal that came after it', async () => {
    const older = await newToken(true);
    await enrol(older);
    await patch(false);
    await enrol(older);
    expect(await device()).toMatchObject({ hostConsent: 'refused' });
    await enrol(await newToken(true));
    expect(await device()).toMatchObject({ hostConsent: 'allowed' });
  });
});
