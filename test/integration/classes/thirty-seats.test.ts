import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { ClassStage, teacher } from './class-stage.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('brings thirty seats into a class, tells which failed and why, and tries that one again', async () => {
  await using database = await server.createDatabase();
  await using stage = await ClassStage.set(database.db, database.url);
  await using _ = stage.reconciler();
  const lame = stage.seats[7] ?? { seat: '', device: '' };
  stage.broken.add(lame.device);

  const { id } = await stage.start();
  const isDone = (count: number) => (run: { seats: readonly { state: string }[] }) =>
    run.seats.filter(({ state }) => state === 'done').length === count;
  const standing = await stage.whenRun('has 29 seats done', id, isDone(29));
  expect(standing.state).toBe('running');
  expect(standing.seats.find(({ seat }) => seat === lame.seat)).toMatchObject({
    step: 'awake',
    state: 'now',
    reason: 'The computer starts.',
  });
  expect(new Set(standing.seats.map(({ student }) => student?.id))).toEqual(new Set(stage.pupils));

  await stage.expire(id, lame.seat);
  const over = await stage.whenRun('is done', id, ({ state }) => state === 'done');
  expect(over.seats.find(({ seat }) => seat === lame.seat)).toMatchObject({
    step: 'awake',
    state: 'failed',
    reason: 'The computer did not come up in time. The computer starts.',
    deadlineAt: null,
  });

  await stage.mend(lame.device);
  await stage.runs.retry(id, lame.seat, teacher.actor);
  const whole = await stage.whenRun('has all seats done', id, isDone(30));
  expect(whole.seats.find(({ seat }) => seat === lame.seat)).toMatchObject({ retries: 1, reason: null });
  const live = await stage.classroom.db.query<{ seat_id: string }>(
    `select seat_id from sessions where state <> 'ended' and assigned_at is not null`,
  );
  expect(new Set(live.map((row) => row.seat_id))).toEqual(new Set(stage.seats.map(({ seat }) => seat)));
});

it('ends a class: who sits there is told, sessions end, then screens and power go off', async () => {
  await using database = await server.createDatabase();
  await using stage = await ClassStage.set(database.db, database.url, { size: 4, desktops: 5 });
  await using _ = stage.reconciler();
  const { id: start } = await stage.start();
  await stage.whenRun('is done', start, ({ state }) => state === 'done');
  const [first] = stage.pupils;
  const session = await stage.classroom.sessions.liveOf(first ?? '');
  await stage.classroom.sessions.streamOpened(session?.id ?? '');

  const { id, warnUntil } = await stage.stop(2);
  const told = await stage.whenRun('tells those who sit there', id, ({ seats }) =>
    seats.some(({ reason }) => reason?.includes('is told') ?? false),
  );
  expect(told.state).toBe('running');
  const over = await stage.whenRun('is done', id, ({ state }) => state === 'done');
  expect(over.seats.map(({ state, step }) => `${step} ${state}`)).toEqual(Array(4).fill('power done'));
  const ended = await stage.classroom.sessions.get(session?.id ?? '');
  expect(ended).toMatchObject({ state: 'ended', reason: 'The class is over.' });
  expect(Date.parse(ended?.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(warnUntil ?? ''));
  expect(stage.seats.some(({ seat }) => stage.isOn(seat))).toBe(false);
});
