import { Holidays } from '@homeroom/controller/lessons/holidays.ts';
import { Lessons } from '@homeroom/controller/lessons/lessons.ts';
import { addDays, dayOf } from '@homeroom/controller/lessons/rhythm.ts';
import { SeriesOfLessons } from '@homeroom/controller/lessons/series.ts';
import { lookAtSeries } from '@homeroom/controller/lessons/series-work.ts';
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

const timeZone = 'Europe/Berlin';
const today = dayOf(new Date(), timeZone);

async function school(db: Database) {
  await furnish(db);
  const group = await makeGroup(db, '7b', []);
  const rooms = { db, changes: noChanges };
  const series = new SeriesOfLessons(rooms);
  const lessons = new Lessons(rooms);
  const made = await series.create(
    {
      ...{
        name: 'Maths',
        group,
        room: null,
        template: templateId,
        moreTemplates: [],
        seats: null,
        leadS: 900,
      },
      ...{
        atEnd: 'warn',
        exam: false,
        automatic: false,
        timeZone,
        everyWeeks: 1,
        starts: '08:00',
        ends: '09:30',
      },
      ...{ weekday: 3, firstDay: addDays(today, 1), lastDay: addDays(today, 365) },
    },
    systemActor,
  );
  const look = async () => {
    // Whatever several processes do at once is done once.
    await Promise.all(Array.from({ length: 4 }, () => db.transaction(lookAtSeries)));
    const { items } = await lessons.page({}, wholeList);
    return items.toSorted((one, other) => one.startsAt.localeCompare(other.startsAt));
  };
  const lookAgain = async () => {
    await db.query('update lesson_series set look_again_at = now()');
    return await look();
  };
  return { series, lessons, made, look, lookAgain, holidays: new Holidays(rooms) };
}

it('makes the lessons of four weeks once, by however many processes', async () => {
  await using database = await server.createDatabase();
  const { look, lookAgain } = await school(database.db);
  const made = await look();
  expect(made.length).toBeGreaterThanOrEqual(3);
  expect(made.every(({ source, name }) => source === 'series' && name === 'Maths')).toBe(true);
  expect(await lookAgain()).toEqual(made);
});

it('changes lessons to come with their series, but those that a person changed', async () => {
  await using database = await server.createDatabase();
  const { series, lessons, made, look } = await school(database.db);
  const [first, second] = await look();
  await lessons.change(first?.id ?? '', { cancelled: true }, systemActor);

  await series.change(made.id, { starts: '10:00', ends: '11:00', name: 'Physics' }, systemActor);
  const after = await look();

  expect(after[0]).toMatchObject({ id: first?.id, name: 'Maths', cancelledAt: expect.any(String) });
  expect(after[1]).toMatchObject({ id: second?.id, name: 'Physics' });
  expect(
    new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(
      new Date(after[1]?.startsAt ?? ''),
    ),
  ).toBe('10:00');
});

it('takes lessons away for holidays, and brings them back without', async () => {
  await using database = await server.createDatabase();
  const { holidays, look } = await school(database.db);
  const before = await look();
  const holiday = await holidays.create(
    { name: 'Autumn', firstDay: today, lastDay: addDays(today, 60) },
    systemActor,
  );
  expect(await look()).toEqual([]);
  await holidays.remove(holiday.id, systemActor);
  expect((await look()).map(({ startsAt }) => startsAt)).toEqual(before.map(({ startsAt }) => startsAt));
});
