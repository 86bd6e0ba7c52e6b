import { expect, it } from 'vitest';
import { lessonsOfTable } from './table-lessons.ts';

const rules = {
  timeZone: 'Europe/Berlin',
  now: new Date('2026-10-01T00:00:00Z'),
  isHoliday: (day: string) => day === '2026-10-26',
};
const read = (...lines: string[]) => lessonsOfTable(lines.join('\n'), rules);

it('reads single lessons and weekly ones, and leaves holidays out', () => {
  const { lessons, faults, leftOut } = read(
    'name;date;weekday;first;last;start;end;group;room;template;seats;lead;exam;at end',
    'Maths;2026-10-12;;;;8:00;09:30;7b;Room 1;desktop;12;20;;end',
    'Art;;Monday;2026-10-19;2026-11-02;10:00;11:00;7b;;;;;yes;',
  );
  expect(faults).toEqual([]);
  expect(leftOut).toBe(1);
  expect(lessons.map(({ line, name, startsAt }) => [line, name, startsAt.toISOString()])).toEqual([
    [2, 'Maths', '2026-10-12T06:00:00.000Z'],
    [3, 'Art', '2026-10-19T08:00:00.000Z'],
    [3, 'Art', '2026-11-02T09:00:00.000Z'],
  ]);
  expect(lessons[0]).toMatchObject({
    group: '7b',
    room: 'Room 1',
    template: 'desktop',
    seats: 12,
    leadS: 1200,
  });
  expect(lessons[0]?.atEnd).toBe('end');
  expect(lessons[1]).toMatchObject({ exam: true, room: null, seats: null, atEnd: null });
});

it('knows a line again by its id, or by what it is', () => {
  const [withId] = read('id,name,date,start,end', 'x-1,Maths,2026-10-12,08:00,09:00').lessons;
  const [without] = read('name,date,start,end', 'Maths,2026-10-12,08:00,10:00').lessons;
  expect(withId).toMatchObject({ uid: 'x-1', recurrence: '2026-10-12' });
  expect(without?.uid).toBe('maths|||2026-10-12||08:00');
});

it('tells every fault by line and column, and takes nothing of such a line', () => {
  const { lessons, faults } = read(
    'name,date,weekday,first,last,every,start,end,seats,exam,at end',
    ',2026-02-30,,,,,8,25:00,0,maybe,stop',
    'Art,,Someday,2026-10-19,2026-10-01,9,10:00,09:00,,,',
    'Art,2026-10-19,Monday,,,,10:00,11:00,,,',
    'Fine,2026-10-19,,,,,10:00,11:00,,,',
  );
  expect(lessons.map(({ name }) => name)).toEqual(['Fine']);
  expect(faults.map(({ line, column }) => `${line} ${column}`)).toEqual([
    '2 start',
    '2 end',
    '2 date',
    '2 name',
    '2 seats',
    '2 at end',
    '2 exam',
    '3 end',
    '3 weekday',
    '3 every',
    '3 last',
    '4 weekday',
  ]);
});

it('tells of headings that are missing or not known, of lines that are the same, and of nothing at all', () => {
  expect(read('name,teacher').faults.map(({ column }) => column)).toEqual(['teacher', 'start', 'end']);
  const twice = 'Maths,2026-10-12,08:00,09:00';
  expect(read('name,date,start,end', twice, twice).faults).toMatchObject([{ line: 3 }]);
  expect(read('').faults).toMatchObject([{ line: 1, message: 'The file is empty.' }]);
});

it('says which lessons start by themselves', () => {
  const { lessons, faults } = lessonsOfTable(
    'name,date,start,end,automatic\nMaths,2026-09-07,08:00,09:00,yes\nArt,2026-09-07,09:00,10:00,\nMusic,2026-09-07,10:00,11:00,perhaps',
    rules,
  );
  expect(lessons.map(({ automatic }) => automatic)).toEqual([true, false]);
  expect(faults).toEqual([{ line: 4, column: 'automatic', message: 'Say yes or no.' }]);
});

it.each(['2026-13-01', '0000-00-00', '2026-02-31', '1 September'])('tells that %s is no day', (date) => {
  const { lessons, faults } = lessonsOfTable(`name,date,start,end\nMaths,${date},08:00,09:00`, rules);
  expect(lessons).toEqual([]);
  expect(faults).toEqual([{ line: 2, column: 'date', message: 'A day is as 2026-09-01.' }]);
});
