import { HdmiSwitches } from '@homeroom/controller/power/hdmi-switches.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { ClassStage } from './class-stage.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('has a switch of one seat show that seat, and leaves one that several share alone', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await using stage = await ClassStage.set(db, database.url, { size: 3, desktops: 4 });
  const switches = new HdmiSwitches({ db, changes: stage.classroom.changes });
  const [own, one, two] = stage.seats;
  const make = async (name: string, seats: readonly (string | undefined)[]) => {
    const inputs = [...seats, undefined].map((seat, index) => ({
      ...{ input: index + 1, name: `Input ${index + 1}`, seat: seat ?? null, channel: null },
    }));
    const hangs = { room: stage.room, device: own?.device ?? '', port: name, relay: null };
    return await switches.create(
      { name, kind: 'serial', ...hangs, inputs, outputs: [{ output: 1, name: 'Screen' }] },
      systemActor,
    );
  };
  const alone = await make('alone', [own?.seat]);
  const shared = await make('shared', [one?.seat, two?.seat]);
  await using _ = stage.reconciler();

  const { id } = await stage.start();
  await stage.whenRun('waits for the switch', id, ({ seats }) =>
    seats.some(
      ({ seat, reason }) => seat === own?.seat && reason === 'The switch is told to show this seat.',
    ),
  );
  await waitFor('the switch was told', async () => (await switches.get(alone.id))?.outputs[0]?.wanted === 1);

  // The switch has obeyed.
  await db.query(
    `update hdmi_outputs set input = wanted, change_id = null, expires_at = null, look_again_at = null where switch_id = $1`,
    [alone.id],
  );
  const over = await stage.whenRun('is done', id, ({ state }) => state === 'done');
  expect(over.seats.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect((await switches.get(shared.id))?.outputs[0]?.wanted).toBeNull();
});
