import { LessonReconciler } from '@homeroom/controller/lessons/lesson-reconciler.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { HomeroomError } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, enlist, furnish, templateId } from '../sessions/classroom.ts';
import { makeGroup, makeLesson } from './school.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** No host of these tests answers. */
const commands = { send: () => Promise.reject(new HomeroomError('device_offline')) };

/** A class with a student in a session of its running lesson, and everything that works on it. */
async function lessonOf(db: Database, url: string, columns: Readonly<Record<string, unknown>>) {
  const classroom = new Classroom({ db, url, provider: await furnish(db) });
  const reconciler = new LessonReconciler({ db, changes: classroom.changes, commands, logger: silentLogger });
  const [student = ''] = await enlist(db, 1);
  const group_id = await makeGroup(db, '7b', [student]);
  const lesson = await makeLesson(db, { startsInS: -60, endsInS: 3600 }, { group_id, ...columns });
  classroom.start();
  reconciler.start();
  await classroom.whenReady(columns.cancelled_at ? 2 : 3);
  return {
    classroom,
    student,
    lesson,
    endLesson: () => endLesson(db, lesson),
    isClosed: async () => {
      const [row] = await db.query<{ closed: boolean }>(
        'select closed_at is not null as closed from lessons',
      );
      return row?.closed === true;
    },
    [Symbol.asyncDispose]: async () => {
      await reconciler.stop();
      await classroom[Symbol.asyncDispose]();
    },
  };
}

/** Its warnings were given long ago. */
async function endLesson(db: Database, lesson: string): Promise<void> {
  await db.query(`update lessons set ends_at = now() - interval '1 second' where id = $1`, [lesson]);
  await db.query(
    `update sessions set warnings = 2, warned_end_at = now() - interval '1 second', sweep_at = now() where lesson_id = $1`,
    [lesson],
  );
}

it('ends the sessions of a lesson that says so, and closes the lesson', async () => {
  await using database = await server.createDatabase();
  await using school = await lessonOf(database.db, database.url, { at_end: 'end' });
  const { classroom, student } = school;
  const session = await classroom.begin(student);
  await classroom.whenAssigned(session.id);
  await classroom.sessions.streamOpened(session.id);
  expect((await classroom.sessions.get(session.id))?.endsBy).toBe('lesson-over');

  await school.endLesson();

  expect((await classroom.whenState(session.id, 'ended')).endReason).toBe('lesson-over');
  await waitFor('the lesson is closed', school.isClosed);
});

it('leaves the sessions of a lesson that only warns, and says so', async () => {
  await using database = await server.createDatabase();
  await using school = await lessonOf(database.db, database.url, { at_end: 'warn' });
  const { classroom, student } = school;
  const session = await classroom.begin(student);
  await classroom.whenAssigned(session.id);
  await classroom.sessions.streamOpened(session.id);

  await school.endLesson();

  await waitFor('the lesson is closed', school.isClosed);
  const after = await classroom.sessions.get(session.id);
  expect([after?.state, after?.reason]).toEqual(['active', expect.stringContaining('The lesson is over.')]);
});

it('gives a desktop that was taken before the lesson to it', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await using school = await lessonOf(db, database.url, { at_end: 'end', cancelled_at: new Date() });
  const session = await school.classroom.begin(school.student);
  await db.query('update lessons set cancelled_at = null');

  await waitFor('the session is the lesson’s', async () => {
    const rows = await db.query('select from sessions where id = $1 and lesson_id = $2', [
      session.id,
      school.lesson,
    ]);
    return rows.length > 0;
  });
});

it('offers nothing but its own templates during an exam, and ends what was there before when it begins', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await using school = await lessonOf(db, database.url, { cancelled_at: new Date(), at_end: 'end' });
  await db.query(`insert into templates (id, name, provider) values ('other', 'Other', 'simulated')`);
  const before = await school.classroom.begin(school.student);
  await school.classroom.whenAssigned(before.id);
  await db.query(
    `update lessons set cancelled_at = null, exam = true, starts_at = now() + interval '10 minutes'`,
  );

  await waitFor('the desktop of before has an end', async () => {
    const [row] = await db.query<{ limit_s: number | null }>('select limit_s from sessions');
    return row?.limit_s !== null && (row?.limit_s ?? 9999) <= 600;
  });
  await school.classroom.sessions.end(before.id, 'logout', { userId: null, username: 'x', address: null });

  const asked = school.classroom.sessions.start({
    userId: school.student,
    templateId: 'other',
    seatId: null,
    actor: { userId: null, username: 'x', address: null },
  });
  await expect(asked).rejects.toThrow(HomeroomError);
  await expect(asked).rejects.toMatchObject({
    code: 'template_not_in_exam',
    message: expect.stringContaining(templateId),
  });
  const exam = await school.classroom.begin(school.student);
  const [row] = await db.query<{ lesson_id: string }>('select lesson_id from sessions where id = $1', [
    exam.id,
  ]);
  expect(row?.lesson_id).toBe(school.lesson);
});
