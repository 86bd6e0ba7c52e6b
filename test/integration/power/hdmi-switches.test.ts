import { HdmiSwitches } from '@homeroom/controller/power/hdmi-switches.ts';
import type { CreateHdmiSwitchRequest, HdmiSwitch } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { enrolDevice } from '../fleet/support/enrol-device.ts';
import { FakeAgent } from '../fleet/support/fake-agent.ts';
import { admin } from '../fleet/support/test-fleet.ts';
import { playBoard, startTestPower } from './support/power-test.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const input = (number: number, given: { seat?: string; channel?: number } = {}) => ({
  input: number,
  name: `Input ${number}`,
  seat: given.seat ?? null,
  channel: given.channel ?? null,
});

const request = (given: Partial<CreateHdmiSwitchRequest>): CreateHdmiSwitchRequest => ({
  name: 'Switch',
  kind: 'serial',
  room: null,
  device: null,
  port: null,
  relay: null,
  inputs: [input(1), input(2)],
  outputs: [{ output: 1, name: 'Projector' }],
  ...given,
});

const routed = (
  switches: HdmiSwitches,
  id: string,
  until: (output: HdmiSwitch['outputs'][number]) => boolean,
) =>
  waitFor('the output', async () => {
    const output = (await switches.get(id))?.outputs[0];
    return output && until(output) && output;
  });

it('has a device tell a matrix on its serial line', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  const password = await enrolDevice(power.test, 'pi-1');
  const told: unknown[] = [];
  const handlers = {
    'hdmi-switch': (args: Record<string, unknown>) => {
      told.push(args);
      return { output: args.output, input: args.input, confirmed: true };
    },
  };
  await using _agent = await FakeAgent.connect({ id: 'pi-1', password, port: power.test.port, handlers });
  await waitFor('the device', () => power.test.presence.isConnected('pi-1'));
  const switches = new HdmiSwitches({ db: database.db, changes: power.test.changes });
  const { id } = await switches.create(request({ device: 'pi-1', port: 'Matrix' }), admin);

  expect((await switches.route(id, { output: 1, input: 2 }, admin)).outputs[0]).toMatchObject({ wanted: 2 });
  expect(await routed(switches, id, (output) => output.input === 2)).toMatchObject({ fault: null });
  expect(told).toEqual([{ port: 'Matrix', output: 1, input: 2 }]);
});

it('has the device at an input switch to itself by CEC, and says when that cannot be', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  const seat = await power.seat('Seat 1');
  const password = await enrolDevice(power.test, 'pi-1');
  const told: unknown[] = [];
  const handlers = { cec: (args: Record<string, unknown>) => void told.push(args) };
  await using _agent = await FakeAgent.connect({ id: 'pi-1', password, port: power.test.port, handlers });
  await waitFor('the device', () => power.test.presence.isConnected('pi-1'));
  const switches = new HdmiSwitches({ db: database.db, changes: power.test.changes });
  const { id } = await switches.create(
    request({ kind: 'cec', inputs: [input(1, { seat }), input(2)] }),
    admin,
  );

  await switches.route(id, { output: 1, input: 1 }, admin);
  const failed = await routed(switches, id, ({ fault }) => fault !== null);
  expect(failed).toMatchObject({ input: null, fault: expect.stringContaining('No device is placed') });
  await power.test.fleet.devices.patch('pi-1', { seat }, admin);
  await switches.route(id, { output: 1, input: 1 }, admin);
  expect(await routed(switches, id, (output) => output.input === 1)).toMatchObject({ fault: null });
  expect(told).toEqual([{ action: 'active-source' }]);
});

it('presses the button of an input by a relay, and lets it go', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using board = await playBoard(power, 'strip-1', 2);
  const switches = new HdmiSwitches({ db: database.db, changes: power.test.changes });
  const inputs = [input(1, { channel: 0 }), input(2, { channel: 1 })];
  const { id } = await switches.create(request({ kind: 'pulse', relay: 'strip-1', inputs }), admin);

  await switches.route(id, { output: 1, input: 2 }, admin);
  await routed(switches, id, (output) => output.input === 2);
  expect(board.told().map(({ channel, on }) => [channel, on])).toEqual([
    [1, true],
    [1, false],
  ]);
  expect(board.isOn).toEqual([false, false]);
});

it('chooses an input by the lines of a board', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using board = await playBoard(power, 'strip-1', 2);
  for (const channel of [0, 1]) await power.relays.setChannel('strip-1', channel, { minimumOffS: 0 }, admin);
  const switches = new HdmiSwitches({ db: database.db, changes: power.test.changes });
  const inputs = [input(1, { channel: 0 }), input(2, { channel: 1 })];
  const { id } = await switches.create(request({ kind: 'board', relay: 'strip-1', inputs }), admin);
  await switches.route(id, { output: 1, input: 1 }, admin);
  await routed(switches, id, (output) => output.input === 1);
  expect(board.isOn).toEqual([true, false]);
  await switches.route(id, { output: 1, input: 2 }, admin);
  await routed(switches, id, (output) => output.input === 2);
  expect(board.isOn[1]).toBe(true);
  await waitFor('the other line to fall', () => board.isOn[0] === false);
});

it('brings a seat to the screen that it shares, once', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using board = await playBoard(power, 'strip-1', 2);
  const seat = await power.seat('Seat 1');
  const switches = new HdmiSwitches({ db: database.db, changes: power.test.changes });
  const inputs = [input(1, { channel: 0 }), input(2, { channel: 1, seat })];
  const { id } = await switches.create(request({ kind: 'pulse', relay: 'strip-1', inputs }), admin);
  await switches.showSeat(seat, admin);
  await routed(switches, id, (output) => output.input === 2);
  await switches.showSeat(seat, admin);
  expect(await routed(switches, id, () => true)).toMatchObject({ input: 2, fault: null });
  expect(board.told()).toHaveLength(2);
  await switches.showSeat(await power.seat('Seat 2'), admin);
});

it('refuses what does not go together', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  const switches = new HdmiSwitches({ db: database.db, changes: power.test.changes });
  const faults = [
    request({}),
    request({ kind: 'pulse', inputs: [input(1, { channel: 0 })] }),
    request({ kind: 'cec' }),
    request({ kind: 'pulse', relay: 'strip-1' }),
  ];
  for (const fault of faults)
    await expect(switches.create(fault, admin)).rejects.toMatchObject({ code: 'request_invalid' });
  await expect(switches.create(request({ device: 'nobody', port: 'Matrix' }), admin)).rejects.toMatchObject({
    code: 'device_unknown',
  });
});
