/**
 * The class of a room starts from power off, with real agents on the simulated power strip, and in the middle of it one
 * process after the other is killed: the start goes on and brings every seat to its page.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import type { Api } from './support/api.ts';
import { Installation } from './support/installation.ts';

const backTimeoutMs = 90_000;
let homeroom: Installation;
let api: Api;
let room: string;

interface SeatOfRun {
  readonly seatName: string;
  readonly step: string;
  readonly state: string;
  readonly reason: string | null;
}
interface Run {
  readonly id: string;
  readonly state: string;
  readonly seats: readonly SeatOfRun[];
}

beforeAll(async () => {
  homeroom = await Installation.prepare({ seats: 2, options: ['--no-host'] });
  homeroom.launch({ HOMEROOM_NODE_RED: 'on' });
  await homeroom.untilTold(/Connected: .*\n/);
  api = await homeroom.asAdmin();
  [{ id: room }] = (await api.ask('GET', '/rooms')).items;
});
afterAll(() => homeroom?.remove());

/** @returns the run as it stands; undefined while nobody answers */
const lookAt = (id: string): Promise<Run | undefined> =>
  api.ask('GET', `/class-runs/${id}`).catch(() => undefined);

const untilRun = (what: string, id: string, isSo: (run: Run) => boolean): Promise<Run> =>
  waitFor(
    what,
    async () => {
      const run = await lookAt(id);
      return run && isSo(run) ? run : undefined;
    },
    backTimeoutMs,
  );

const isOver = ({ state }: Run) => state === 'done';

const victims: readonly { what: string; isIt: (command: string) => boolean }[] = [
  {
    what: 'the controller with its broker',
    isIt: (command) => command.includes('controller/main.ts'),
  },
  { what: 'the database', isIt: (command) => /\/postgres -D/.test(command) },
  { what: 'Node-RED', isIt: (command) => command.includes('flows/main.js') },
  { what: 'the power strip', isIt: (command) => command.includes('strip/main.ts') },
];

it.each(victims)('goes on with a class start when $what is killed in the middle of it', async ({ isIt }) => {
  const out = await api.ask('POST', `/rooms/${room}/stop`, { warnS: 0, powerOff: true });
  await untilRun('the room is off', out.id, isOver);
  const run = await api.ask('POST', `/rooms/${room}/start`, { template: 'desktop', allowShortage: true });
  await untilRun('a seat is on its way', run.id, ({ seats }) => seats.some(({ step }) => step !== 'power'));

  const victim = await waitFor('the process', async () =>
    (await homeroom.processes()).find(({ command }) => isIt(command)),
  );
  process.kill(victim.pid, 'SIGKILL');

  const over = await untilRun('the start is over', run.id, isOver);
  expect(over.seats.map(({ seatName, step, state, reason }) => ({ seatName, step, state, reason }))).toEqual(
    ['Seat 1', 'Seat 2'].map((seatName) => ({ seatName, step: 'page', state: 'done', reason: null })),
  );
});
