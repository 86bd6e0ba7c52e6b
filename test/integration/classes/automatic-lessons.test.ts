import { AutomaticLessons } from '@homeroom/controller/classes/automatic-lessons.ts';
import { measures } from '@homeroom/controller/measures.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { makeLesson } from '../lessons/school.ts';
import { ClassStage } from './class-stage.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Several processes do it; each of them looks often. */
function automatic({ classroom: { db, changes }, runs: classRuns }: ClassStage): AsyncDisposable {
  const several = Array.from(
    { length: 3 },
    () => new AutomaticLessons({ db, changes, classRuns, logger: silentLogger, intervalMs: 250 }),
  );
  for (const each of several) each.start();
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(several.map((each) => each.stop()));
    },
  };
}

/** Wait until they have looked so often from now on. */
async function looks(count: number): Promise<void> {
  let seen = 0;
  const end = measures.loopLook.listen(({ loop }) => {
    if (loop === 'automatic-lessons') seen += 1;
  });
  // What looks now may have begun before.
  await waitFor('they have looked', () => seen > count + 3);
  end();
}

async function runsOf({ classroom }: ClassStage): Promise<string[]> {
  const rows = await classroom.db.query<{ kind: string; state: string; by: string | null }>(
    'select kind, state, started_by as by from class_runs order by created_at',
  );
  return rows.map(({ kind, state, by }) => `${kind} ${state} by ${by ?? 'the timetable'}`);
}

it('starts an automatic lesson before it begins and ends it when it is over, once', async () => {
  await using database = await server.createDatabase();
  await using stage = await ClassStage.set(database.db, database.url, { size: 3, desktops: 4 });
  const lesson = await makeLesson(
    database.db,
    { startsInS: 300, endsInS: 3_600 },
    { room_id: stage.room, group_id: stage.group, lead_s: 600, automatic: true },
  );
  await using _reconciler = stage.reconciler();
  await using _lessons = automatic(stage);
  await waitFor('the class has started', async () =>
    (await runsOf(stage)).includes('start done by the timetable'),
  );
  const run = await stage.runs.latestOf(stage.room);
  expect(run?.seats.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect(run?.lesson).toBe(lesson);

  const over = `update lessons set starts_at = now() - interval '1 hour', ends_at = now() + interval '1 second' where id = $1`;
  await database.db.query(over, [lesson]);
  await waitFor(
    'the class has ended',
    async () => (await runsOf(stage)).length === 2 && (await runsOf(stage))[1]?.includes('done'),
  );
  expect(await runsOf(stage)).toEqual(['start done by the timetable', 'end done by the timetable']);
  const live = await database.db.query(`select from sessions where state <> 'ended'`);
  expect(live).toEqual([]);
});

it('leaves a room alone whose start somebody has cancelled, or that is in use by the lesson before', async () => {
  await using database = await server.createDatabase();
  await using stage = await ClassStage.set(database.db, database.url, { size: 3, desktops: 4 });
  const columns = { room_id: stage.room, group_id: stage.group, lead_s: 3_600, automatic: true };
  const first = await makeLesson(database.db, { startsInS: -600, endsInS: 600 }, columns);
  await makeLesson(database.db, { startsInS: 700, endsInS: 3_000 }, { ...columns, name: 'The next one' });
  await using _ = automatic(stage);
  await waitFor('the class is started', async () => (await runsOf(stage)).length === 1);
  const run = await stage.runs.latestOf(stage.room);
  expect(run?.lesson).toBe(first);
  await stage.runs.cancel(run?.id ?? '', systemActor);

  // It would be ended by now, and the next one started in its lead, if the first were not the person's.
  await database.db.query(`update lessons set ends_at = now() + interval '20 seconds' where id = $1`, [
    first,
  ]);
  await looks(3);
  expect(await runsOf(stage)).toEqual(['start cancelled by the timetable']);

  await database.db.query(`update lessons set ends_at = now() where id = $1`, [first]);
  await waitFor('the next one is started', async () => (await runsOf(stage)).length === 2);
});

it('says in a preview what will happen and what is in the way', async () => {
  await using database = await server.createDatabase();
  await using stage = await ClassStage.set(database.db, database.url, { size: 3, desktops: 4 });
  const lesson = await makeLesson(
    database.db,
    { startsInS: 4_000, endsInS: 8_000 },
    { room_id: stage.room, group_id: stage.group, lead_s: 600, automatic: true },
  );
  const [away, , lame] = stage.seats;
  const [first] = stage.pupils;
  const { id } = await stage.classroom.begin(first ?? '');
  await stage.classroom.whenAssigned(id);
  await stage.classroom.sessions.streamOpened(id);
  await database.db.query('delete from devices where id = $1', [lame?.device]);

  const request = { lesson, template: null, group: null, allowShortage: false };
  const preview = await stage.runs.preview(stage.room, request);
  expect(Date.parse(preview.at)).toBeGreaterThan(Date.now() + 3_000_000);
  expect(preview.withoutSeat).toHaveLength(1);
  expect(preview.problems).toEqual(['One of the group has no seat.']);
  expect(preview.desktops).toMatchObject({ needed: 1 });
  expect(preview.seats.find(({ seat }) => seat === away?.seat)?.problems).toEqual([
    'Pupil 1 works elsewhere.',
  ]);
  expect(preview.seats[1]?.steps).toEqual([
    'Its power is switched on.',
    'The computer starts.',
    'The screen is switched on.',
    'A Simulated is claimed for Pupil 2 and shown.',
  ]);
});
