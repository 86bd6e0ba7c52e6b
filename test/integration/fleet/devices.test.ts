/** What devices say reaches their records; what people want reaches the devices. */
import { wholeList } from '@homeroom/controller/store/page.ts';
import { topics } from '@homeroom/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { enrolDevice } from './support/enrol-device.ts';
import { FakeAgent, type FakeAgentOptions } from './support/fake-agent.ts';
import { admin, startTestFleet, type TestFleet } from './support/test-fleet.ts';

let server: TestServer;
let database: TestDatabase;
let test: TestFleet;
let password: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  database = await server.createDatabase();
  test = await startTestFleet(database);
  password = await enrolDevice(test, 'pi-1');
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const connect = (given: Partial<FakeAgentOptions> = {}) =>
  FakeAgent.connect({ id: 'pi-1', password, port: test.port, ...given });
const device = async () => {
  const found = await test.fleet.devices.get('pi-1');
  if (!found) throw new Error('no such device');
  return found;
};
const connection = (wanted: string) =>
  waitFor(`it to be ${wanted}`, async () => (await device()).connection === wanted);

describe('what a device says', () => {
  it('stands in its record, and the change is announced', async () => {
    expect(await device()).toMatchObject({ connection: 'never', since: null, hdmi: null });
    await using agent = await connect();
    await connection('ready');
    const announced: string[] = [];
    test.changes.subscribe(({ kind, id }) => announced.push(`${kind} ${id}`));
    const hdmi = { connectors: [{ name: 'HDMI-A-1', connected: false, monitor: null, mode: null }] };
    await agent.publish('hdmi', hdmi);
    expect(await waitFor('the connectors', async () => (await device()).hdmi ?? false)).toEqual(hdmi);
    await waitFor('the announcement', () => announced.includes('device pi-1'));
    expect(await device()).toMatchObject({ info: { model: 'Fake Pi' } });
  });

  it('keeps fields that it does not know', async () => {
    await using agent = await connect();
    await agent.publish('relays', { channels: [], colour: 'green' });
    const relays = await waitFor('the relays', async () => (await device()).relays ?? false);
    expect(relays).toEqual({ channels: [], colour: 'green' });
  });

  it('is lost when it is killed, and ready when it is back', async () => {
    const agent = await connect({ connection: 1 });
    await connection('ready');
    agent.kill();
    await connection('lost');
    await using _again = await connect({ connection: 2 });
    await connection('ready');
  });

  it('is not lost by the will of an older connection', async () => {
    const first = await connect({ connection: 1 });
    await connection('ready');
    // The broker cuts the first connection off, and says its will.
    await using _second = await connect({ connection: 2 });
    await first.closed;
    await waitFor('the second to be known', () => test.presence.stateOf('pi-1')?.connection === 2);
    await using watcher = await connect({ connection: 3 });
    await watcher.publish('relays', { channels: [] });
    await waitFor('what came after the will', async () => (await device()).relays ?? false);
    expect((await device()).connection).toBe('ready');
  });

  it('is dropped when it is wrong, and the rest is kept', async () => {
    await using agent = await connect();
    await agent.publishRaw(topics.device('pi-1', 'hdmi'), '{"connectors": "many"}', { retain: true });
    await agent.publishRaw(topics.device('pi-1', 'cec'), 'not json', { retain: true });
    await agent.publish('relays', { channels: [] });
    await waitFor('the relays', async () => (await device()).relays ?? false);
    expect(await device()).toMatchObject({ hdmi: null, cec: null });
    expect(test.messaging.link.inbound.counters.dropped).toEqual({ payload_invalid: 1, payload_not_json: 1 });
  });

  it('raises an alert when the broker refuses it, and the connection ends', async () => {
    await using agent = await connect();
    await agent.publishRaw(topics.device('pi-2', 'state'), '{}', { qos: 0 });
    await agent.closed;
    const alert = await waitFor('the alert', async () => (await device()).alerts[0]);
    expect(alert).toMatchObject({
      code: 'publish_refused',
      message: expect.stringContaining('homeroom/v1/pi-2/state'),
    });
  });

  it('raises an alert when it is malformed', async () => {
    await using agent = await connect();
    await agent.publishRaw(topics.device('pi-1', 'hdmi'), '{', { qos: 1 });
    const alert = await waitFor('the alert', async () => (await device()).alerts[0]);
    expect(alert).toMatchObject({
      code: 'publish_refused',
      message: 'What it published to homeroom/v1/pi-1/hdmi was refused: payload_not_json.',
    });
  });

  it('raises an alert when two machines take turns under its identity', async () => {
    for (const [index, letter] of ['A', 'B', 'A'].entries()) {
      const machine = {
        bootId: `boot-${letter}`,
        fingerprint: `print-${letter}`,
        address: `192.0.2.${letter}`,
      };
      await using _agent = await connect({ ...machine, connection: index });
      await waitFor('its arrival', async () => (await device()).info?.addresses[0] === machine.address);
      await waitFor('its state', async () => (await device()).state?.bootId === machine.bootId);
    }
    const alert = await waitFor('the alert', async () =>
      (await device()).alerts.find(({ code }) => code === 'identity_conflict'),
    );
    expect(alert.message).toMatch(/192\.0\.2\.B/);
  });
});

describe('what people want of a device', () => {
  it('reaches it as a document whose revision grows only when it changes', async () => {
    await using agent = await connect();
    const first = await waitFor('the first document', () => agent.desired);
    expect(first).toEqual({
      revision: 1,
      kiosk: { url: '/kiosk/pi-1' },
      screen: { power: 'on' },
      lock: false,
      audio: { muted: false },
    });
    await test.fleet.devices.patch('pi-1', { name: 'Another name' }, admin);
    await test.fleet.devices.patch('pi-1', { screen: 'off', lock: true }, admin);
    const second = await waitFor('the second document', () => agent.desired?.revision === 2 && agent.desired);
    expect(second).toMatchObject({ screen: { power: 'off' }, lock: true });
  });

  it('follows the session of its seat, and goes back when the session ends or moves', async () => {
    await using agent = await connect();
    const { db } = database;
    const [room] = (await test.fleet.rooms.page(wholeList)).items;
    const seat = await test.fleet.rooms.createSeat(room?.id ?? '', 'Seat 1', admin);
    await test.fleet.devices.patch('pi-1', { seat: seat.id }, admin);
    const session = await makeSession(db, seat.id);
    test.changes.announce({ kind: 'session', id: session });
    await waitFor('the desktop', () => agent.desired?.kiosk.url === `/desktop/${session}`);
    await db.query('update sessions set seat_id = null where id = $1', [session]);
    test.changes.announce({ kind: 'session', id: session });
    await waitFor('the kiosk page', () => agent.desired?.kiosk.url === '/kiosk/pi-1');
  });

  it('is waiting for it when it comes later', async () => {
    await test.fleet.devices.patch('pi-1', { page: 'https://example.org/' }, admin);
    await using agent = await connect();
    await waitFor('the pushed page', () => agent.desired?.kiosk.url === 'https://example.org/');
  });

  it('is written down with who wanted it', async () => {
    await test.fleet.devices.patch('pi-1', { lock: true, message: 'Look up' }, admin);
    const [line] = await database.db.query(
      `select actor, subject, before, after, address from audit_log where action = 'device.change'`,
    );
    expect(line).toEqual({
      actor: 'admin',
      subject: 'pi-1',
      before: { lock: false, message: null },
      after: { lock: true, message: 'Look up' },
      address: '192.0.2.1',
    });
  });

  it('is refused for what is not there', async () => {
    await expect(test.fleet.devices.patch('pi-9', { lock: true }, admin)).rejects.toThrow(/device_unknown/);
    const seat = '00000000-0000-4000-8000-000000000000';
    await expect(test.fleet.devices.patch('pi-1', { seat }, admin)).rejects.toThrow(/seat_unknown/);
    await expect(test.fleet.devices.patch('pi-1', { seat: 'x' }, admin)).rejects.toThrow(/seat_unknown/);
  });
});

describe('a device that is withdrawn', () => {
  it('is cut off at once and let in no more', async () => {
    await using agent = await connect();
    await connection('ready');
    const { closed } = agent;
    await test.fleet.devices.patch('pi-1', { revoked: true }, admin);
    await closed;
    expect((await device()).connection).toBe('revoked');
    await expect(connect()).rejects.toThrow(/not authorized/i);
    expect(await test.fleet.devices.authenticate('pi-1', password)).toBe(false);
  });
});

describe('a device that is removed', () => {
  it('is forgotten by the database and by the broker', async () => {
    await using agent = await connect();
    await connection('ready');
    const before = test.messaging.broker?.stats().retainedMessages ?? 0;
    await test.fleet.devices.remove('pi-1', admin);
    await agent.closed;
    expect(await test.fleet.devices.get('pi-1')).toBeUndefined();
    expect(before).toBeGreaterThan(1);
    // What stays is the controller's own state.
    await waitFor('the broker to forget it', () => test.messaging.broker?.stats().retainedMessages === 1);
    await expect(test.fleet.devices.remove('pi-1', admin)).rejects.toThrow(/device_unknown/);
    await expect(connect()).rejects.toThrow(/refused/i);
  });
});

describe('commands', () => {
  it('are answered by the device, with data as their schema has it', async () => {
    const takenAt = new Date().toISOString();
    const screenshot = () => ({
      mediaType: 'image/jpeg',
      base64: Buffer.from('jpeg').toString('base64'),
      takenAt,
    });
    await using _agent = await connect({ handlers: { screenshot } });
    await connection('ready');
    const { jpeg, takenAt: told } = await test.fleet.snapshots.get('pi-1');
    expect(jpeg.toString()).toBe('jpeg');
    expect(told).toBe(takenAt);
  });

  it('fail at once when the device is not there, or leaves before it answers', async () => {
    await expect(test.messaging.commands.send('pi-1', 'reboot', {})).rejects.toThrow(/device_offline/);
    const agent = await connect();
    await connection('ready');
    const sent = test.messaging.commands.send('pi-1', 'reboot', {}, { timeoutMs: 60_000 });
    sent.catch(() => undefined);
    await waitFor('the command', () =>
      agent.heard.some(({ topic }) => topic === topics.command('pi-1', 'reboot')),
    );
    agent.kill();
    await expect(sent).rejects.toThrow(/device_offline/);
  });

  it('bring back the code that the device answered', async () => {
    const cec = () => {
      throw Object.assign(new Error('no television'), { code: 'hardware_absent' });
    };
    await using _agent = await connect({ handlers: { cec } });
    await connection('ready');
    const sent = test.messaging.commands.send('pi-1', 'cec', { action: 'on' });
    await expect(sent).rejects.toThrow('hardware_absent: no television');
  });
});

async function makeSession(db: TestDatabase['db'], seat: string): Promise<string> {
  await db.query(`insert into templates (id, name, provider) values ('t', 'T', 'simulated')`);
  const [row] = await db.query<{ id: string }>(
    `with u as (insert into users (username, display_name, role, account) values ('s', 'S', 'student', 's') returning id),
      d as (insert into desktops (template_id, provider, state) values ('t', 'simulated', 'claimed') returning id)
     insert into sessions (user_id, template_id, desktop_id, seat_id, state)
     select u.id, 't', d.id, $1, 'active' from u, d returning id`,
    [seat],
  );
  if (!row) throw new Error('no session');
  return row.id;
}
