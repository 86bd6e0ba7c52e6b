import { HomeroomError, topics } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { enrolDevice } from '../fleet/support/enrol-device.ts';
import { FakeAgent } from '../fleet/support/fake-agent.ts';
import { admin } from '../fleet/support/test-fleet.ts';
import { type PlayedBoard, playBoard, startTestPower, type TestPower } from './support/power-test.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

interface Computer extends AsyncDisposable {
  readonly seat: string;
  readonly agent: FakeAgent;
  /** How often it was told to shut down. */
  asked(): number;
  /** Say that the machine goes off. */
  leave(): Promise<void>;
}

/** A seat whose computer hangs on the first channel of a board, on and awake. */
async function seatOn(
  power: TestPower,
  board: PlayedBoard,
  answer: (asked: number) => unknown = () => ({}),
): Promise<Computer> {
  const seat = await power.seat('Seat 1');
  await power.relays.setChannel('strip-1', 0, { load: 'seat', seat, minimumOffS: 0 }, admin);
  board.isOn[0] = true;
  await board.tell();
  await power.power(seat, ({ relay }) => relay?.on === true);
  const password = await enrolDevice(power.test, 'pi-1');
  await power.test.fleet.devices.patch('pi-1', { seat }, admin);
  let asked = 0;
  const handlers = {
    shutdown: () => {
      asked += 1;
      return answer(asked);
    },
  };
  const agent = await FakeAgent.connect({ id: 'pi-1', password, port: power.test.port, handlers });
  await power.power(seat, ({ state }) => state === 'on');
  const leave = async () => {
    const state = {
      state: 'disconnected',
      since: new Date().toISOString(),
      bootId: 'boot-1',
      reason: 'shutdown',
    };
    await agent.publishRaw(topics.device('pi-1', 'state'), JSON.stringify(state), { retain: true });
  };
  const end = () => agent[Symbol.asyncDispose]();
  return { seat, agent, asked: () => asked, leave, [Symbol.asyncDispose]: end };
}

it('shuts a computer down, hears that it did, and only then cuts its power', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using board = await playBoard(power, 'strip-1');
  await using computer = await seatOn(power, board);
  const { seat } = computer;

  const begun = await power.powers.request(seat, { action: 'off' }, admin);
  expect(begun).toMatchObject({ wanted: 'off', state: 'on' });
  await waitFor('the command to shut down', () => computer.asked() > 0);
  await power.power(seat, ({ waitsFor }) => waitsFor === 'The computer is shutting down.');
  expect(board.told()).toEqual([]);
  await computer.leave();
  const off = await power.power(seat, ({ state }) => state === 'off');
  expect(off).toMatchObject({ reason: 'The relay says off.', waitsFor: null, fault: null });
  expect(board.told()).toMatchObject([{ channel: 0, on: false }]);
});

it('waits for a computer that writes', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using board = await playBoard(power, 'strip-1');
  await using computer = await seatOn(power, board, (asked) => {
    if (asked === 1) throw Object.assign(new Error('40 MiB are not written yet'), { code: 'command_busy' });
    return {};
  });
  const { seat } = computer;

  await power.powers.request(seat, { action: 'off' }, admin);
  await power.power(seat, ({ waitsFor }) => waitsFor?.includes('still writes') === true);
  expect(board.told()).toEqual([]);
  await waitFor('the second command', () => computer.asked() === 2);
  await computer.leave();
  await power.power(seat, ({ state }) => state === 'off');
});

it('keeps the power of a computer that is gone without a word, but for force', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using board = await playBoard(power, 'strip-1');
  await using computer = await seatOn(power, board);
  const { seat } = computer;
  computer.agent.kill();
  await waitFor('the loss', () => power.test.presence.stateOf('pi-1')?.state === 'lost');

  await power.powers.request(seat, { action: 'off' }, admin);
  await database.db.query(
    `update relay_channels set asked_at = now() - interval '1 minute', look_again_at = now()`,
  );
  const kept = await power.power(seat, ({ fault }) => fault !== null);
  expect(kept.fault).toMatch(/without saying that it had shut down/);
  expect(board.told()).toEqual([]);

  await power.powers.request(seat, { action: 'off', force: true }, admin);
  await power.power(seat, ({ state }) => state === 'off');
  expect(board.told()).toMatchObject([{ on: false }]);
});

it('cuts nothing of a computer that comes back before the cut', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using board = await playBoard(power, 'strip-1');
  await using computer = await seatOn(power, board);
  const { seat } = computer;
  await power.powers.request(seat, { action: 'off' }, admin);
  await waitFor('the command to shut down', () => computer.asked() === 1);
  const say = (state: object) =>
    computer.agent.publishRaw(
      topics.device('pi-1', 'state'),
      JSON.stringify({ since: new Date().toISOString(), bootId: 'boot-1', ...state }),
      { retain: true },
    );
  await say({ state: 'disconnected', reason: 'shutdown' });
  await power.power(seat, ({ waitsFor }) => waitsFor?.includes('its power is cut in a moment') === true);
  await say({ state: 'ready' });
  await waitFor('the second command', () => computer.asked() === 2);
  expect(board.told()).toEqual([]);
  await computer.leave();
  await power.power(seat, ({ state }) => state === 'off');
});

it('lets who holds it by hand win, and shows who that is', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using board = await playBoard(power, 'strip-1');
  await using computer = await seatOn(power, board);
  const { seat } = computer;
  const held = await power.powers.override(seat, { on: true, forS: null }, admin);
  expect(held.override).toEqual({ on: true, by: 'person', who: 'admin', until: null });

  const refused = await power.powers
    .request(seat, { action: 'off' }, admin)
    .catch((caught: unknown) => caught);
  expect(refused).toBeInstanceOf(HomeroomError);
  expect(refused).toMatchObject({ code: 'power_overridden', detail: 'admin holds it by hand.' });

  const [ada] = await database.db.query<{ id: string }>(
    `insert into users (username, display_name, role, account) values ('al', 'Ada Lovelace', 'teacher', 'al') returning id`,
  );
  const actor = { userId: ada?.id ?? '', username: 'al', address: null };
  expect((await power.powers.override(seat, { on: true, forS: 600 }, actor)).override?.who).toBe(
    'Ada Lovelace',
  );
  await expect(power.powers.request(seat, { action: 'off' }, admin)).rejects.toMatchObject({
    detail: expect.stringMatching(/^Ada Lovelace holds it by hand until \d+ \w+.* \d\d:\d\d\.$/),
  });
  const letGo = await power.powers.override(seat, { on: null, forS: null }, admin);
  expect(letGo.override).toBeNull();
  expect(computer.asked()).toBe(0);
  expect(board.told()).toEqual([]);
});

it('goes on after a restart where it was, and does nothing twice', async () => {
  await using database = await server.createDatabase();
  const first = await startTestPower(database);
  await using board = await playBoard(first, 'strip-1');
  await using computer = await seatOn(first, board);
  const { seat } = computer;
  await first.powers.request(seat, { action: 'off' }, admin);
  await waitFor('the command to shut down', () => computer.asked() === 1);
  await computer.leave();
  await first.power(seat, ({ state }) => state === 'off');
  await first[Symbol.asyncDispose]();
  const told = board.told().length;

  // What was carried out once is not sent again, also when the board comes back otherwise.
  await using second = await startTestPower(database);
  const made = await second.relays.change('strip-1', { renewCredential: true }, admin);
  expect(made.credential).toBeDefined();
  expect(await second.powers.of(seat)).toMatchObject({ wanted: 'off', relay: { online: false, on: null } });
  expect(board.told().length).toBe(told);
});

it('starts loads one after the other', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using board = await playBoard(power, 'strip-1', 3);
  await power.relays.change('strip-1', { maxStartsPerS: 1 }, admin);
  for (const channel of [0, 1, 2])
    await power.relays.setChannel('strip-1', channel, { minimumOffS: 0 }, admin);
  await Promise.all([0, 1, 2].map((channel) => power.relays.switchChannel('strip-1', channel, true, admin)));
  await waitFor('all three', () => board.isOn.every(Boolean));
  const starts = board.told().map(({ atMs }) => atMs);
  expect(starts).toHaveLength(3);
  // Two seconds at the relay's gate; what travels may eat half of that.
  expect((starts[2] ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(1_000);
});

it('tells who asks for a seat without a relay what can be done there', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  const seat = await power.seat('Seat 1');
  await expect(power.powers.request(seat, { action: 'on' }, admin)).rejects.toMatchObject({
    code: 'power_not_switchable',
  });
  await expect(power.powers.override(seat, { on: true, forS: null }, admin)).rejects.toMatchObject({
    code: 'power_not_switchable',
  });
  expect(await power.powers.of(seat)).toMatchObject({ state: 'unclear', relay: null });
});
