import { ExamCollections } from '@homeroom/controller/lessons/exam-collections.ts';
import { LessonReconciler } from '@homeroom/controller/lessons/lesson-reconciler.ts';
import { claim } from '@homeroom/controller/sessions/claim.ts';
import { endSession } from '@homeroom/controller/sessions/end-session.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { HomeroomError } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noChanges, silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { enlist, furnish, templateId } from '../sessions/classroom.ts';
import { makeGroup, makeLesson, stock } from './school.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const report = {
  folder: '/data/collected/x/pupil1',
  isMissing: false,
  files: [{ path: 'a', sizeBytes: 1 }],
  left: [],
  leftCount: 0,
};

/** A host that is away for its first calls. */
function hostThatIsAway(times: number) {
  const asked: unknown[] = [];
  return {
    asked,
    send: async (host: string, name: string, args: unknown) => {
      asked.push([host, name, args]);
      if (asked.length <= times) throw new HomeroomError('device_offline', 'the host is away');
      return JSON.parse(JSON.stringify(report));
    },
  };
}

it('collects from the host of each who sat the exam once it is over, again and again until the host is there', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  await stock(db, 2);
  const [sat = '', alsoSat = ''] = await enlist(db, 2);
  const lesson = await makeLesson(
    db,
    { startsInS: -60, endsInS: 600 },
    { group_id: await makeGroup(db, '7b', [sat, alsoSat]), exam: true, at_end: 'end' },
  );
  const start = (userId: string) => claim(db, { userId, templateId, seatId: null, actor: systemActor });
  const session = await start(sat);
  const elsewhere = await start(alsoSat);
  await db.query(`with made as (insert into devices (id, name) values ('host-1', 'Host 1') returning id)
    insert into hosts (device_id, capacity) select id, 5 from made`);
  await db.query(`update desktops set host_id = 'host-1' where id = $1`, [session.desktop_id]);
  const host = hostThatIsAway(1);
  const reconciler = new LessonReconciler({ db, changes: noChanges, commands: host, logger: silentLogger });
  const collections = new ExamCollections({ db, changes: noChanges });
  reconciler.start();
  try {
    await db.query(`update lessons set ends_at = now() - interval '1 second'`);
    await endSession(db, { id: session.id, endReason: 'lesson-over', reason: null, actor: systemActor });
    // Somebody still writes: nothing is collected yet, of nobody.
    expect((await collections.of(lesson)).items).toEqual([]);
    await endSession(db, { id: elsewhere.id, endReason: 'lesson-over', reason: null, actor: systemActor });

    const items = await waitFor(
      'all is collected or given up',
      async () => {
        const told = (await collections.of(lesson)).items;
        return told.length === 2 && told.every(({ state }) => state !== 'due') && told;
      },
      30_000,
    );

    expect(items).toMatchObject([
      { user: sat, state: 'done', host: 'host-1', report, reason: null },
      { user: alsoSat, state: 'failed', host: null, reason: expect.stringContaining('no host') },
    ]);
    expect(host.asked.at(-1)).toEqual([
      'host-1',
      'exam.collect',
      expect.objectContaining({ lesson, account: 'pupil1', folder: 'Exam' }),
    ]);
    // Its desktop is found on a host after all.
    await db.query(`update exam_collections set host_id = 'host-1' where user_id = $1`, [alsoSat]);
    await collections.retry(lesson, alsoSat, systemActor);
    await waitFor(
      'the failed one to be collected',
      async () => (await collections.of(lesson)).items.every(({ state }) => state === 'done'),
      30_000,
    );
    await expect(collections.retry(lesson, alsoSat, systemActor)).rejects.toThrow(/not_found/);
  } finally {
    await reconciler.stop();
  }
});

it('starts the desktops of an exam without a clipboard, whatever their template allows', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  await db.query(`update templates set policies = '{"audio": false, "clipboardIn": true}'`);
  await stock(db, 2);
  const [sits = '', free = ''] = await enlist(db, 2);
  const group_id = await makeGroup(db, '7b', [sits]);
  await makeLesson(db, { startsInS: -60, endsInS: 600 }, { group_id, exam: true, at_end: 'end' });
  const policies = async (userId: string) => {
    const { id } = await claim(db, { userId, templateId, seatId: null, actor: systemActor });
    const [row] = await db.query<{ policies: unknown }>(
      'select session_policies(template_id, lesson_id) as policies from sessions where id = $1',
      [id],
    );
    return row?.policies;
  };
  expect(await policies(sits)).toMatchObject({ audio: false, clipboardIn: false, clipboardOut: false });
  expect(await policies(free)).toEqual({ audio: false, clipboardIn: true });
});
