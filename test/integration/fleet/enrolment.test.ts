/** How devices get in: by token, by an open window, by approval; and who does not. */
import { wholeList } from '@homeroom/controller/store/page.ts';
import type { EnrolReply } from '@homeroom/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { claim, enrolDevice } from './support/enrol-device.ts';
import { FakeAgent, infoOf } from './support/fake-agent.ts';
import { admin, startTestFleet, type TestFleet } from './support/test-fleet.ts';

let server: TestServer;
let database: TestDatabase;
let test: TestFleet;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  database = await server.createDatabase();
  test = await startTestFleet(database);
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const makeToken = async (request = {}) => {
  const { token = '', id } = await test.fleet.joinTokens.create(request, admin);
  return { token, id };
};
const codeOf = (reply: EnrolReply) => (reply.status === 'refused' ? reply.error.code : reply.status);
const connect = (id: string, password: string) => FakeAgent.connect({ id, password, port: test.port });
const auditActions = async () =>
  (await database.db.query<{ action: string }>('select action from audit_log order by id')).map(
    (row) => row.action,
  );

describe('by join token', () => {
  it('lets a device in with a credential of its own, which the broker takes', async () => {
    const { token } = await makeToken();
    const reply = await claim(test.port, 'pi-1', { token, request: { name: 'Window seat' } });
    expect(reply).toMatchObject({ status: 'accepted', device: 'pi-1', name: 'Window seat', httpPort: 8080 });
    await using agent = await connect('pi-1', reply.status === 'accepted' ? reply.password : '');
    expect(agent.id).toBe('pi-1');
    expect(await auditActions()).toEqual(['join-token.create', 'device.enrol']);
  });

  it('keeps a revoked device out until a newer token speaks for it', async () => {
    const { token } = await makeToken();
    await claim(test.port, 'pi-1', { token });
    await test.fleet.devices.patch('pi-1', { revoked: true }, admin);
    expect(codeOf(await claim(test.port, 'pi-1', { token }))).toBe('device_revoked');
    const newer = await makeToken();
    expect(codeOf(await claim(test.port, 'pi-1', { token: newer.token }))).toBe('accepted');
  });

  it('keeps neither the password nor the token’s secret', async () => {
    const { token } = await makeToken();
    const reply = await claim(test.port, 'pi-1', { token });
    const rows = await database.db.query('select * from devices');
    const tokens = await database.db.query('select * from join_tokens');
    const kept = JSON.stringify([rows, tokens]);
    expect(kept).not.toContain(reply.status === 'accepted' ? reply.password : 'no password');
    expect(kept).not.toContain(token.split('.')[2]);
  });

  it('puts it on the first free seat of the token’s room, and makes seats when none is free', async () => {
    const [room] = (await test.fleet.rooms.page(wholeList)).items;
    const { token } = await makeToken({ room: room?.id });
    await test.fleet.rooms.createSeat(room?.id ?? '', 'Seat 2', admin);
    for (const device of ['pi-1', 'pi-2', 'pi-3']) await claim(test.port, device, { token });
    const seats = (await test.fleet.rooms.pageOfSeats(room?.id, wholeList)).items;
    expect(seats.map(({ name, device }) => `${name}: ${device}`).sort()).toEqual([
      'Seat 1: pi-2',
      'Seat 2: pi-1',
      'Seat 3: pi-3',
    ]);
  });

  it('gives twenty devices that come at once a seat each', async () => {
    const [room] = (await test.fleet.rooms.page(wholeList)).items;
    const { token } = await makeToken({ room: room?.id });
    const devices = Array.from({ length: 20 }, (_, index) => `pi-${index + 100}`);
    const replies = await Promise.all(devices.map((device) => claim(test.port, device, { token })));
    expect(new Set(replies.map(codeOf))).toEqual(new Set(['accepted']));
    const seated = (await test.fleet.rooms.pageOfSeats(room?.id, wholeList)).items.map(
      ({ device }) => device,
    );
    expect(seated.toSorted()).toEqual(devices.toSorted());
  });

  it('lets in as many devices as the token has uses', async () => {
    const { token } = await makeToken({ uses: 2 });
    expect(codeOf(await claim(test.port, 'pi-1', { token }))).toBe('accepted');
    expect(codeOf(await claim(test.port, 'pi-2', { token }))).toBe('accepted');
    await expect(claim(test.port, 'pi-3', { token })).rejects.toThrow(/refused/i);
  });

  it('never lets in one too many when many come at once', async () => {
    const { token } = await makeToken({ uses: 3 });
    const devices = Array.from({ length: 8 }, (_, index) => `pi-${index}`);
    await Promise.allSettled(devices.map((device) => claim(test.port, device, { token })));
    expect(await database.db.query('select id from devices')).toHaveLength(3);
  });

  it('takes no token that was withdrawn or has expired', async () => {
    const withdrawn = await makeToken();
    await test.fleet.joinTokens.withdraw(withdrawn.id, admin);
    await expect(claim(test.port, 'pi-1', { token: withdrawn.token })).rejects.toThrow(/refused/i);
    const expired = await makeToken({ expiresInS: 60 });
    await database.db.query(`update join_tokens set expires_at = now() where id = $1`, [expired.id]);
    await expect(claim(test.port, 'pi-1', { token: expired.token })).rejects.toThrow(/refused/i);
  });

  it('takes no proof that was made for another device', async () => {
    const { id } = await makeToken();
    const token = { id, proof: 'ab'.repeat(32) };
    expect(codeOf(await claim(test.port, 'pi-1', { request: { token } }))).toBe('join_token_wrong');
  });

  it('answers a repeated request as it did the first, and uses the token once', async () => {
    const { token, id } = await makeToken({ uses: 5 });
    const nonce = 'abcdefabcdefabcdef';
    const first = await claim(test.port, 'pi-1', { token, nonce });
    expect(await claim(test.port, 'pi-1', { token, nonce })).toEqual(first);
    const [listed] = (await test.fleet.joinTokens.page(wholeList)).items;
    expect(listed).toMatchObject({ id, usesLeft: 4 });
  });
});

describe('a device that is known', () => {
  it('is refused while it is connected, and the device gets an alert', async () => {
    const password = await enrolDevice(test, 'pi-1');
    await using _agent = await connect('pi-1', password);
    await waitFor('it to be here', () => test.presence.isConnected('pi-1'));
    const { token } = await makeToken();
    const info = infoOf({ id: 'pi-1', address: '192.0.2.99' });
    const reply = await claim(test.port, 'pi-1', { token, request: { info } });
    expect(codeOf(reply)).toBe('device_identity_in_use');
    const alert = await waitFor('the alert', async () => (await test.fleet.devices.get('pi-1'))?.alerts[0]);
    expect(alert.message).toContain('192.0.2.99');
  });

  it('gets a new password when it is away, keeps its name and its seat, and it is written down', async () => {
    const old = await enrolDevice(test, 'pi-1');
    const [room] = (await test.fleet.rooms.page(wholeList)).items;
    const seat = await test.fleet.rooms.createSeat(room?.id ?? '', 'Corner', admin);
    await test.fleet.devices.patch('pi-1', { name: 'Corner Pi', seat: seat.id }, admin);
    const { token } = await makeToken({ room: room?.id });
    const reply = await claim(test.port, 'pi-1', { token, request: { name: 'Other' } });
    expect(reply).toMatchObject({ status: 'accepted', name: 'Corner Pi' });
    expect(await test.fleet.devices.get('pi-1')).toMatchObject({ name: 'Corner Pi', seat: seat.id });
    await expect(connect('pi-1', old)).rejects.toThrow(/refused/i);
    expect(await auditActions()).toContain('device.enrol-again');
  });
});

describe('without a token', () => {
  it('is closed at first', async () => {
    expect(codeOf(await claim(test.port, 'pi-1'))).toBe('enrolment_closed');
  });

  it('is open for as long as an admin says', async () => {
    await test.fleet.enrolments.setPolicy('open', 10, admin);
    expect((await test.fleet.enrolments.policy()).policy).toBe('open');
    expect(codeOf(await claim(test.port, 'pi-1'))).toBe('accepted');
    await test.fleet.enrolments.setPolicy('open', 0, admin);
    expect((await test.fleet.enrolments.policy()).policy).toBe('token');
    expect(codeOf(await claim(test.port, 'pi-2'))).toBe('enrolment_closed');
  });

  it('waits for an admin who compares the code, under the name and on the seat that the admin chose', async () => {
    await test.fleet.enrolments.setPolicy('approve', 10, admin);
    const [room] = (await test.fleet.rooms.page(wholeList)).items;
    const seat = await test.fleet.rooms.createSeat(room?.id ?? '', 'Corner', admin);
    const states: string[] = [];
    const asking = claim(test.port, 'pi-1', { onReply: ({ status }) => states.push(status) });
    const [waiting] = await waitFor('the request', async () => {
      const list = (await test.fleet.enrolments.waiting(wholeList)).items;
      return list.length > 0 && list;
    });
    expect(waiting).toMatchObject({ device: 'pi-1', code: '123456', model: 'Fake Pi', address: '192.0.2.7' });
    await test.fleet.enrolments.decide(
      waiting?.id ?? '',
      { accept: true, name: 'Corner Pi', seat: seat.id },
      admin,
    );
    expect(await asking).toMatchObject({ status: 'accepted', name: 'Corner Pi' });
    expect(states).toEqual(['pending', 'accepted']);
    expect(await test.fleet.devices.get('pi-1')).toMatchObject({ seat: seat.id, connection: 'never' });
    expect((await test.fleet.enrolments.waiting(wholeList)).items).toEqual([]);
  });

  it('is told when an admin declines, once', async () => {
    await test.fleet.enrolments.setPolicy('approve', 10, admin);
    const asking = claim(test.port, 'pi-1');
    const id = await waitFor(
      'the request',
      async () => (await test.fleet.enrolments.waiting(wholeList)).items[0]?.id,
    );
    await test.fleet.enrolments.decide(id, { accept: false }, admin);
    expect(codeOf(await asking)).toBe('enrolment_denied');
    await expect(test.fleet.enrolments.decide(id, { accept: true }, admin)).rejects.toThrow(/conflict/);
    expect(await test.fleet.devices.get('pi-1')).toBeUndefined();
  });

  it('waits on when the seat that the admin chose is taken', async () => {
    await enrolDevice(test, 'pi-0');
    const [room] = (await test.fleet.rooms.page(wholeList)).items;
    const seat = await test.fleet.rooms.createSeat(room?.id ?? '', 'Corner', admin);
    await test.fleet.devices.patch('pi-0', { seat: seat.id }, admin);
    await test.fleet.enrolments.setPolicy('approve', 10, admin);
    const asking = claim(test.port, 'pi-1');
    const id = await waitFor(
      'the request',
      async () => (await test.fleet.enrolments.waiting(wholeList)).items[0]?.id,
    );
    const decide = (seatId?: string) =>
      test.fleet.enrolments.decide(id, { accept: true, ...(seatId ? { seat: seatId } : {}) }, admin);
    await expect(decide(seat.id)).rejects.toThrow(/conflict.*pi-0/);
    await decide();
    expect(codeOf(await asking)).toBe('accepted');
  });
});

it('survives a malformed request', async () => {
  const { token } = await makeToken();
  const wrong = claim(test.port, 'pi-1', {
    token,
    nonce: 'aaaaaaaaaaaaaaaaaaaa',
    request: { code: 'not a code' },
  });
  wrong.catch(() => undefined);
  expect(codeOf(await claim(test.port, 'pi-2', { token }))).toBe('accepted');
  expect(test.messaging.link.inbound.counters.dropped).toEqual({ payload_invalid: 1 });
}, 30_000);
