import { DesktopsShort } from '@homeroom/controller/classes/desktops-short.ts';
import { Seatings } from '@homeroom/controller/classes/seatings.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { templateId } from '../sessions/classroom.ts';
import { ClassStage, teacher } from './class-stage.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const code = (wanted: string) => expect.objectContaining({ code: wanted });
const hour = { lesson: null, template: templateId, allowShortage: false };

it('says how many desktops are missing, and starts with what there is on request', async () => {
  await using database = await server.createDatabase();
  await using stage = await ClassStage.set(database.db, database.url, { size: 3, desktops: 1 });
  const poolSql = 'update pools set warm_minimum = 1, maximum = 2';
  await database.db.query(poolSql);
  const request = { ...hour, group: stage.group };
  const refused = await stage.runs.start(stage.room, request, teacher).catch((caught: unknown) => caught);
  expect(refused).toBeInstanceOf(DesktopsShort);
  expect(refused).toMatchObject({ code: 'desktops_short', desktops: { needed: 3, ready: 1, possible: 2 } });

  await using _ = stage.reconciler();
  const { id } = await stage.runs.start(stage.room, { ...request, allowShortage: true }, teacher);
  // The pool makes the second for the class; the third of them waits.
  const standing = await stage.whenRun('has what there is', id, ({ seats }) => {
    return seats.filter(({ state }) => state === 'done').length === 2;
  });
  await stage.whenRun('says that one waits', id, ({ seats }) =>
    seats.some(({ reason }) => reason === 'No desktop is free yet; one is made.'),
  );
  expect(standing.state).toBe('running');
});

it('runs one start or end in a room at a time', async () => {
  await using database = await server.createDatabase();
  await using stage = await ClassStage.set(database.db, database.url, { size: 2, desktops: 3 });
  const { id } = await stage.start();
  await expect(stage.start()).rejects.toEqual(code('class_running'));
  const [first] = stage.seats;
  await expect(stage.runs.retry(id, first?.seat ?? '', teacher.actor)).rejects.toEqual(
    code('class_seat_not_failed'),
  );
  const end = await stage.stop(60);
  expect((await stage.runs.get(id))?.state).toBe('cancelled');
  await expect(stage.stop(60)).rejects.toEqual(code('class_running'));
  await expect(stage.runs.retry(id, first?.seat ?? '', teacher.actor)).rejects.toEqual(code('class_running'));
  await stage.runs.cancel(end.id, teacher.actor);
  await expect(stage.runs.cancel(end.id, teacher.actor)).rejects.toEqual(code('class_not_running'));
});

it('takes the countdown back when an end is cancelled', async () => {
  await using database = await server.createDatabase();
  await using stage = await ClassStage.set(database.db, database.url, { size: 2, desktops: 3 });
  await using _ = stage.reconciler();
  const { id: start } = await stage.start();
  await stage.whenRun('is done', start, ({ state }) => state === 'done');
  const [pupil] = stage.pupils;
  const { sessions } = stage.classroom;
  await sessions.streamOpened((await sessions.liveOf(pupil ?? ''))?.id ?? '');
  const { id, warnUntil } = await stage.stop(600);
  await waitFor('the countdown runs', async () => {
    const session = await sessions.liveOf(pupil ?? '');
    return session?.endsAt === warnUntil && session?.endsBy === 'lesson-over';
  });
  await stage.runs.cancel(id, teacher.actor);
  expect(await sessions.liveOf(pupil ?? '')).toMatchObject({ state: 'active', endsAt: null });
});

it('tries an end again only while it runs: nobody loses a desktop without being told', async () => {
  await using database = await server.createDatabase();
  await using stage = await ClassStage.set(database.db, database.url, { size: 2, desktops: 3 });
  await using _ = stage.reconciler();
  const { id: start } = await stage.start();
  await stage.whenRun('is done', start, ({ state }) => state === 'done');
  const [pupil] = stage.pupils;
  const { sessions } = stage.classroom;
  await sessions.streamOpened((await sessions.liveOf(pupil ?? ''))?.id ?? '');
  const { id } = await stage.stop(600);
  await stage.runs.cancel(id, teacher.actor);
  for (const { seat } of stage.seats) {
    await expect(stage.runs.retry(id, seat, teacher.actor)).rejects.toEqual(code('class_not_running'));
  }
  expect((await stage.runs.get(id))?.state).toBe('cancelled');

  // One who came to a seat of an end that runs, after its students were told.
  const { id: next } = await stage.stop(600);
  const [{ seat } = { seat: '' }] = stage.seats;
  await database.db.query(
    `update class_run_seats set state = 'failed', reason = 'x', finished_at = now(), lease = null
     where run_id = $1 and seat_id = $2`,
    [next, seat],
  );
  const untoldSql = 'update sessions set class_ends_at = null, class_told_at = null where seat_id = $1';
  await database.db.query(untoldSql, [seat]);
  await database.db.query('update class_runs set warn_until = now() where id = $1', [next]);
  await expect(stage.runs.retry(next, seat, teacher.actor)).rejects.toEqual(code('class_not_running'));
});

it('lets nobody wait any longer whom a cancelled start put into the queue', async () => {
  await using database = await server.createDatabase();
  await using stage = await ClassStage.set(database.db, database.url, { size: 3, desktops: 1 });
  await database.db.query('update pools set warm_minimum = 1, maximum = 1');
  const { sessions } = stage.classroom;
  await using _ = stage.reconciler();
  const request = { ...hour, group: stage.group, allowShortage: true };
  const { id } = await stage.runs.start(stage.room, request, teacher);
  await stage.whenRun('has one, and two that wait', id, ({ seats }) => {
    const waiting = seats.filter(({ reason }) => reason === 'No desktop is free yet; one is made.');
    return waiting.length === 2 && seats.some(({ state }) => state === 'done');
  });
  // One who waits of their own accord.
  const [other] = await database.db.query<{ id: string }>(
    `insert into users (username, display_name, role, account) values ('x', 'X', 'student', 'x') returning id`,
  );
  const own = await stage.classroom.begin(other?.id ?? '');
  expect(own.state).toBe('waiting');

  const cancelled = await stage.runs.cancel(id, teacher.actor);
  expect(cancelled.seats.filter(({ reason }) => reason === 'ada cancelled it.')).toHaveLength(2);
  const states = await Promise.all(stage.pupils.map(async (each) => (await sessions.liveOf(each))?.state));
  expect(states.filter((state) => state === undefined)).toHaveLength(2);
  expect((await sessions.get(own.id))?.state).toBe('waiting');
});

it('keeps a plan of who sits where, and takes none that cannot be', async () => {
  await using database = await server.createDatabase();
  await using stage = await ClassStage.set(database.db, database.url, { size: 3, desktops: 4 });
  const seatings = new Seatings({ db: database.db, changes: stage.classroom.changes });
  const [one, two, three] = stage.seats.map(({ seat }) => seat);
  const [ada, ben, cleo] = stage.pupils;
  const places = [{ seat: three ?? '', user: ada ?? '' }];
  await seatings.set(stage.room, { group: stage.group, places }, teacher.actor);

  const run = await stage.runs.start(
    stage.room,
    { ...hour, group: stage.group, seats: [one ?? ''] },
    teacher,
  );
  expect(run.seats.map(({ seat, student }) => [seat, student?.id])).toEqual([[one, ben]]);
  const kept = await seatings.of(stage.room);
  expect(new Map(kept[0]?.places.map(({ seat, user }) => [seat, user]))).toEqual(
    new Map([
      [one, ben],
      [two, cleo],
      [three, ada],
    ]),
  );

  const set = (wanted: { seat: string | undefined; user: string | undefined }[]) =>
    seatings.set(
      stage.room,
      { group: stage.group, places: wanted.map(({ seat = '', user = '' }) => ({ seat, user })) },
      teacher.actor,
    );
  const twice = [
    { seat: one, user: ada },
    { seat: two, user: ada },
  ];
  await expect(set(twice)).rejects.toEqual(code('request_invalid'));
  const [stranger] = await database.db.query<{ id: string }>(
    `insert into users (username, display_name, role, account) values ('x', 'X', 'student', 'x') returning id`,
  );
  await expect(set([{ seat: one, user: stranger?.id }])).rejects.toEqual(code('request_invalid'));
  expect((await seatings.of(stage.room))[0]?.places).toHaveLength(3);
  await set([]);
  expect(await seatings.of(stage.room)).toEqual([]);
});
