/** A seat's power, by the API: shut down, cut, kept off over restarts and kills, and given back; the other seat works on. */
import { beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import type { Api } from './support/api.ts';
import type { FoundProcess } from './support/found-processes.ts';
import { setUpInstallation } from './support/installation.ts';

const homeroom = setUpInstallation({ seats: 2, options: ['--no-kiosk', '--no-host'] });
const turnMs = 60_000;
let api: Api;
let seats: readonly string[];

beforeAll(async () => {
  api = await homeroom.it.asAdmin();
  const [strip] = (await api.ask('GET', '/relays')).items;
  seats = strip.channels.map(({ seat }: { seat: string }) => seat);
});

const isAgent = ({ command }: FoundProcess) => command.endsWith('homeroom-agent.mjs');
const isStrip = ({ command }: FoundProcess) => command.includes('strip/main.ts');
const agents = async () => (await homeroom.it.processes()).filter(isAgent).length;

const untilPower = (...states: string[]) =>
  waitFor(
    `the power of the seats is ${states}`,
    async () => {
      const powers = await Promise.all(seats.map((seat) => powerOf(seat)));
      return powers.every(({ state }, index) => state === states[index]);
    },
    turnMs,
  );

async function powerOf(seat: string): Promise<{ state: string }> {
  const { items } = await api.ask('GET', `/rooms/${(await api.ask('GET', `/seats/${seat}`)).room}/power`);
  return items.find((power: { seat: string }) => power.seat === seat);
}

it('has each seat on a socket of the simulated strip, with power', async () => {
  expect(homeroom.it.told).toContain('Connected: seat-1, seat-2');
  const devices = (await api.ask('GET', '/devices')).items;
  const places = ['seat-1', 'seat-2'].map(
    (id) => devices.find((device: { id: string }) => device.id === id).seat,
  );
  expect(seats).toEqual(places);
  await untilPower('on', 'on');
});

it('shuts a seat down before its power is cut, and leaves the other alone', async () => {
  await api.ask('POST', `/seats/${seats[0]}/power`, { action: 'off' });
  await untilPower('off', 'on');
  expect(await api.ask('GET', '/devices/seat-1')).toMatchObject({
    connection: 'disconnected',
    state: { reason: 'shutdown' },
  });
  expect(await agents()).toBe(1);
});

it('leaves it off when the strip is killed, and when everything is ended and started again', async () => {
  const [killed] = (await homeroom.it.processes()).filter(isStrip);
  if (!killed) throw new Error('there is no strip');
  process.kill(killed.pid, 'SIGKILL');
  await waitFor('another strip runs', async () =>
    (await homeroom.it.processes()).some((found) => isStrip(found) && found.pid !== killed.pid),
  );
  await untilPower('off', 'on');
  await homeroom.it.interrupt();
  expect(await homeroom.it.processes()).toEqual([]);
  await homeroom.it.start();
  expect(homeroom.it.told).toContain('Connected: seat-2\n');
  await untilPower('off', 'on');
  expect(await agents()).toBe(1);
});

it('gives the seat its power back, and it comes', async () => {
  await api.ask('POST', `/seats/${seats[0]}/power`, { action: 'on' });
  await untilPower('on', 'on');
  expect(await api.ask('GET', '/devices/seat-1')).toMatchObject({ connection: 'ready' });
});
