import { LessonImport } from '@homeroom/controller/lessons/import/import-lessons.ts';
import { Lessons } from '@homeroom/controller/lessons/lessons.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { wholeList } from '@homeroom/controller/store/page.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noChanges, startTestServer, type TestServer } from '../../support/postgres.ts';
import { furnish, templateId } from '../sessions/classroom.ts';
import { makeGroup } from './school.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const inDays = (days: number) => new Date(Date.now() + days * 24 * 3600_000).toISOString().slice(0, 10);

const calendar = (hour: string, ...more: string[]) =>
  [
    'BEGIN:VCALENDAR',
    ...['BEGIN:VEVENT', 'UID:maths@school', 'SUMMARY:Maths', 'CATEGORIES:7b'],
    ...[
      `DTSTART:${inDays(2).replaceAll('-', '')}T${hour}0000Z`,
      'DURATION:PT1H',
      'RRULE:FREQ=WEEKLY;COUNT=3',
    ],
    ...[...more, 'END:VEVENT', 'END:VCALENDAR'],
  ].join('\r\n');

async function school(db: Database) {
  await furnish(db);
  await makeGroup(db, '7b', []);
  const options = { db, changes: noChanges };
  const lessons = new Lessons(options);
  const imports = new LessonImport(options);
  const defaults = { group: null, room: null, template: templateId };
  return {
    lessons,
    imports,
    defaults,
    take: (text: string, dryRun = false) =>
      imports.run({ text, defaults, dryRun, teacher: null }, systemActor),
    all: async () => {
      const { items } = await lessons.page({}, wholeList);
      return items.toSorted((one, other) => one.startsAt.localeCompare(other.startsAt));
    },
  };
}

const done = (told: object) => ({ kind: 'done', answer: expect.objectContaining(told) });

it('changes by the same calendar what it made before, and leaves what a person changed', async () => {
  await using database = await server.createDatabase();
  const { take, all, lessons } = await school(database.db);
  expect(await take(calendar('08'), true)).toEqual(done({ dryRun: true, created: 3 }));
  expect(await all()).toEqual([]);

  expect(await take(calendar('08'))).toEqual(done({ created: 3, changed: 0 }));
  expect(await take(calendar('08'))).toEqual(done({ created: 0, unchanged: 3 }));
  const [, , last] = await all();
  await lessons.change(last?.id ?? '', { name: 'Maths with a guest' }, systemActor);

  expect(await take(calendar('08', 'LOCATION:Gym').replace('SUMMARY:Maths', 'SUMMARY:Algebra'))).toEqual(
    done({ changed: 2, kept: 1 }),
  );
  expect((await all()).map(({ name }) => name)).toEqual(['Algebra', 'Algebra', 'Maths with a guest']);
  // Another hour is another repetition: the old ones go, and what a person changed stays.
  expect(await take(calendar('10'))).toEqual(done({ created: 3, removed: 2, kept: 1 }));
  expect(await take(calendar('10', 'STATUS:CANCELLED'))).toEqual(done({ created: 0, removed: 3 }));
});

it('takes nothing of a table with a fault, and tells all of them', async () => {
  await using database = await server.createDatabase();
  const { take, all } = await school(database.db);
  const day = inDays(3);
  const outcome = await take(
    `name,date,start,end,group\nMaths,${day},08:00,09:00,7b\nArt,${day},10:00,11:00,9z\n,${day},1,2,7b`,
  );
  expect(outcome).toMatchObject({
    kind: 'refused',
    faults: [{ line: 3 }, { line: 4 }, { line: 4 }, { line: 4 }],
  });
  expect(await all()).toEqual([]);
});

it('makes a table’s lessons once by two imports at the same time', async () => {
  await using database = await server.createDatabase();
  const { take, all } = await school(database.db);
  const table = `name;date;start;end;group\nMaths;${inDays(3)};08:00;09:00;7b`;
  await Promise.all([take(table), take(table)]);
  expect(await all()).toHaveLength(1);
});

it('takes what is right of a table on request, tells the faults, and leaves what it made of those lines before', async () => {
  await using database = await server.createDatabase();
  const { imports, defaults, all } = await school(database.db);
  const day = inDays(3);
  const take = (text: string) =>
    imports.run({ text, defaults, dryRun: false, skipFaults: true, teacher: null }, systemActor);
  const lines = (art: string) =>
    `id,name,date,start,end,group\n1,Maths,${day},08:00,09:00,7b\n2,Art,${day},10:00,${art},7b`;
  expect(await take(lines('11:00'))).toEqual(done({ created: 2, faults: [] }));

  const outcome = await take(`${lines('soon')}\n3,Music,${day},12:00,13:00,7b`);
  expect(outcome).toEqual(
    done({
      created: 1,
      unchanged: 1,
      removed: 0,
      faults: [{ field: 'line 3, end', message: expect.stringContaining('08:45') }],
    }),
  );
  expect((await all()).map(({ name }) => name)).toEqual(['Maths', 'Art', 'Music']);
  expect(await take('name,when\nMaths,soon')).toMatchObject({ kind: 'refused' });
});

it('has the rooms of lessons start by themselves that the table says so of', async () => {
  await using database = await server.createDatabase();
  const { take, all } = await school(database.db);
  await database.db.query(`insert into rooms (name) values ('Lab')`);
  const table = (automatic: string) =>
    `name,date,start,end,group,room,automatic\nMaths,${inDays(3)},08:00,09:00,7b,Lab,${automatic}`;
  expect(await take(table('yes'))).toEqual(done({ created: 1 }));
  expect((await all()).map(({ automatic }) => automatic)).toEqual([true]);
  expect(await take(table('no'))).toEqual(done({ changed: 1 }));
  expect((await all()).map(({ automatic }) => automatic)).toEqual([false]);
});
