import { expect, it } from 'vitest';
import { lessonsOfCalendar } from './calendar-lessons.ts';
import { rightPart } from './right-part.ts';
import { lessonsOfTable } from './table-lessons.ts';

const rules = { timeZone: 'UTC', now: new Date('2026-09-01T00:00:00Z'), isHoliday: () => false };

it('takes of a table the lines that are right, and knows which others it named', () => {
  const table = lessonsOfTable(
    'name,date,start,end\nMaths,2026-09-07,08:00,09:00\nArt,never,08:00,09:00\nMusic,2026-09-08,08:00,09:00',
    rules,
  );
  const right = rightPart(table, table.faults, 'csv');
  expect(right?.lessons.map(({ name }) => name)).toEqual(['Maths', 'Music']);
  expect(right?.entries.map(({ line }) => line)).toEqual([2, 4]);
  expect(right?.faults).toEqual([]);
});

it('leaves a line out whose names are none here, and keeps the first of two that are the same', () => {
  const line = 'Maths,2026-09-07,08:00,09:00';
  const table = lessonsOfTable(`name,date,start,end\n${line}\n${line}\nMusic,2026-09-08,08:00,09:00`, rules);
  const faults = [...table.faults, { line: 4, column: 'room', message: 'There is no room “Gym”.' }];
  expect(rightPart(table, faults, 'csv')?.lessons.map((lesson) => lesson.line)).toEqual([2]);
});

it('leaves an event of a calendar out with all its repetitions', () => {
  const event = (uid: string, ...lines: string[]) => [
    ...['BEGIN:VEVENT', `UID:${uid}`, `SUMMARY:${uid}`, 'DTSTART:20260907T080000Z'],
    ...[...lines, 'END:VEVENT'],
  ];
  const calendar = lessonsOfCalendar(
    [
      'BEGIN:VCALENDAR',
      ...event('maths', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=3'),
      ...event('maths', 'RECURRENCE-ID:20260914T080000Z'),
      ...event('art', 'DURATION:PT1H'),
      'END:VCALENDAR',
    ].join('\r\n'),
    rules,
  );
  expect(calendar.faults).toHaveLength(1);
  expect(rightPart(calendar, calendar.faults, 'ics')?.lessons.map(({ uid }) => uid)).toEqual(['art']);
});

it('finds nothing to take in a file without a heading that is understood', () => {
  const table = lessonsOfTable('what,ever\nMaths,2026-09-07', rules);
  expect(rightPart(table, table.faults, 'csv')).toBeUndefined();
});
