import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { enrolDevice } from '../fleet/support/enrol-device.ts';
import { FakeAgent } from '../fleet/support/fake-agent.ts';
import { admin } from '../fleet/support/test-fleet.ts';
import { startTestPower } from './support/power-test.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const since = '2026-01-01T00:00:00.000Z';
const relay = {
  id: 'lines-1',
  kind: 'device',
  topic: null,
  channels: 1,
  room: null,
  maxStartsPerS: 2,
} as const;

it('switches a line of a device, and sees what the device says of it', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  const password = await enrolDevice(power.test, 'pi-1');
  const told: unknown[] = [];
  const handlers = {
    relay: async (args: Record<string, unknown>) => {
      told.push(args);
      await agent.publish('relays', {
        channels: [{ channel: 0, name: 'Lamp', on: args.on === true, since }],
      });
      return args;
    },
  };
  await using agent = await FakeAgent.connect({ id: 'pi-1', password, port: power.test.port, handlers });
  await agent.publish('relays', { channels: [{ channel: 0, name: 'Lamp', on: false, since }] });
  const made = await power.relays.create({ ...relay, device: 'pi-1' }, admin);
  expect(made.credential).toBeUndefined();
  await power.online('lines-1');
  await agent.publish('relays', { channels: [{ channel: 0, name: 'Lamp', on: false, since }] });
  await power.channel('lines-1', ({ on }) => on === false);
  await power.relays.setChannel('lines-1', 0, { minimumOffS: 0 }, admin);

  await power.relays.switchChannel('lines-1', 0, true, admin);
  await power.channel('lines-1', ({ on }) => on === true);
  expect(told).toEqual([{ channel: 0, on: true }]);
});

it('powers no device by its own lines', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await enrolDevice(power.test, 'pi-1');
  const seat = await power.seat('Seat 1');
  await power.test.fleet.devices.patch('pi-1', { seat }, admin);
  await power.relays.create({ ...relay, device: 'pi-1' }, admin);
  await expect(power.relays.setChannel('lines-1', 0, { load: 'seat', seat }, admin)).rejects.toMatchObject({
    code: 'request_invalid',
  });
});

it('is away with its device', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  const password = await enrolDevice(power.test, 'pi-1');
  await using agent = await FakeAgent.connect({ id: 'pi-1', password, port: power.test.port });
  await power.relays.create({ ...relay, device: 'pi-1' }, admin);
  await agent.publish('relays', { channels: [{ channel: 0, name: 'Lamp', on: true, since }] });
  await power.channel('lines-1', ({ on }) => on === true);
  agent.kill();
  await power.channel('lines-1', ({ on }) => on === null);
});
