import { describe, expect, it } from 'vitest';
import { lessonsOfCalendar } from './calendar-lessons.ts';

const rules = {
  timeZone: 'Europe/Berlin',
  now: new Date('2026-10-01T00:00:00Z'),
  isHoliday: (day: string) => day >= '2026-10-24' && day <= '2026-11-01',
};

const event = (...lines: string[]) => [
  'BEGIN:VEVENT',
  'UID:maths@school',
  'SUMMARY:Maths 7b',
  ...lines,
  'END:VEVENT',
];
const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const read = (...lines: string[]) => lessonsOfCalendar(calendar(...lines), rules);
const starts = (...lines: string[]) =>
  read(...lines).lessons.map(({ startsAt }) => startsAt.toISOString().slice(0, 16));

const weekly = ['DTSTART;TZID=Europe/Berlin:20261012T080000', 'DTEND;TZID=Europe/Berlin:20261012T093000'];

describe('a calendar’s lessons', () => {
  it('repeat at the same time of the school’s clocks, up to and with the last one, without holidays', () => {
    const { lessons, leftOut, faults } = read(
      ...event(...weekly, 'RRULE:FREQ=WEEKLY;UNTIL=20261109T070000Z'),
    );
    expect(faults).toEqual([]);
    expect(lessons.map(({ startsAt }) => startsAt.toISOString())).toEqual([
      '2026-10-12T06:00:00.000Z',
      '2026-10-19T06:00:00.000Z',
      '2026-11-02T07:00:00.000Z',
      '2026-11-09T07:00:00.000Z',
    ]);
    expect(leftOut).toBe(1);
    expect(lessons[0]).toMatchObject({ line: 4, uid: 'maths@school', name: 'Maths 7b', exam: false });
    expect(lessons[0]?.endsAt.toISOString()).toBe('2026-10-12T07:30:00.000Z');
  });

  it('leave exceptions out, whether told by time, in UTC or as a day', () => {
    const rule = 'RRULE:FREQ=DAILY;COUNT=5';
    const except = [
      'EXDATE;TZID=Europe/Berlin:20261013T080000',
      'EXDATE:20261014T060000Z',
      'EXDATE;VALUE=DATE:20261015',
    ];
    expect(starts(...event(...weekly, rule, ...except))).toEqual(['2026-10-12T06:00', '2026-10-16T06:00']);
  });

  it('are moved and cancelled one by one', () => {
    const moved = event(
      'RECURRENCE-ID;TZID=Europe/Berlin:20261013T080000',
      'DTSTART;TZID=Europe/Berlin:20261013T100000',
      'DURATION:PT45M',
    );
    const cancelled = event(
      'RECURRENCE-ID;TZID=Europe/Berlin:20261014T080000',
      ...weekly,
      'STATUS:CANCELLED',
    );
    const { lessons } = read(...event(...weekly, 'RRULE:FREQ=DAILY;COUNT=3'), ...moved, ...cancelled);
    expect(lessons.map(({ recurrence, startsAt }) => [recurrence, startsAt.toISOString()])).toEqual([
      ['2026-10-12T06:00:00.000Z', '2026-10-12T06:00:00.000Z'],
      ['2026-10-13T06:00:00.000Z', '2026-10-13T08:00:00.000Z'],
    ]);
  });

  it('go by the file’s own time zone where its name is none of the IANA’s', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:W. Europe Standard Time',
      'BEGIN:STANDARD',
      'DTSTART:16010101T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:16010101T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ];
    const named = weekly.map((line) => line.replace('Europe/Berlin', 'W. Europe Standard Time'));
    expect(starts(...zone, ...event(...named, 'RRULE:FREQ=WEEKLY;UNTIL=20261102T070000Z'))).toEqual([
      '2026-10-12T06:00',
      '2026-10-19T06:00',
      '2026-11-02T07:00',
    ]);
  });

  it('go by the school’s clocks where they tell none, and end somewhere where they repeat for ever', () => {
    expect(starts(...event('DTSTART:20261012T080000', 'DTEND:20261012T090000'))).toEqual([
      '2026-10-12T06:00',
    ]);
    expect(starts(...event(...weekly, 'RRULE:FREQ=WEEKLY')).length).toBeLessThan(60);
  });

  it('take group, template, seats and exam from our own properties, hints from the usual ones', () => {
    const { lessons } = read(
      ...event(
        ...weekly,
        'LOCATION:Room 1',
        'CATEGORIES:Maths,7b',
        'X-HOMEROOM-GROUP:7b',
        'X-HOMEROOM-TEMPLATE:desktop',
        'X-HOMEROOM-SEATS:12',
        'X-HOMEROOM-EXAM:TRUE',
      ),
    );
    expect(lessons[0]).toMatchObject({
      group: '7b',
      groupHints: ['Maths', '7b'],
      roomHint: 'Room 1',
      template: 'desktop',
      seats: 12,
      exam: true,
    });
  });

  it('are none for what lasts all day, and none of before', () => {
    const { lessons, leftOut } = read(
      ...event('DTSTART;VALUE=DATE:20261012', 'DTEND;VALUE=DATE:20261013'),
      ...event('DTSTART:20260901T080000Z', 'DTEND:20260901T090000Z'),
    );
    expect([lessons, leftOut]).toEqual([[], 1]);
  });
});

describe('a calendar’s faults', () => {
  it('are all told, each by its event and line, and the others are read', () => {
    const { lessons, faults } = read(
      ...event('DTEND:20261012T090000Z'),
      ...event('DTSTART;TZID=Nowhere/Land:20261012T080000', 'DURATION:PT1H'),
      ...event('DTSTART:20261012T080000Z'),
      ...event('DTSTART:20261012T080000Z', 'DTEND:20261012T070000Z'),
      'BEGIN:VEVENT',
      'SUMMARY:Nobody',
      'END:VEVENT',
      ...event(...weekly),
    );
    expect(lessons).toHaveLength(1);
    expect(faults.map(({ line, message }) => [line, message])).toEqual([
      [4, 'It has no begin (DTSTART).'],
      [9, 'There is no time zone Nowhere/Land, and the file does not tell what it is.'],
      [15, 'It has no end (DTEND or DURATION).'],
      [20, 'It ends before it begins.'],
      [26, 'It has no UID, so importing again would make it twice.'],
    ]);
    expect(faults[0]?.column).toBe('VEVENT “Maths 7b”');
  });

  it('tell of lines that are none, of what is never ended, and of a file that is none', () => {
    expect(read(...event(...weekly), 'garbage').faults).toMatchObject([{ line: 10 }]);
    expect(read('BEGIN:VEVENT', 'UID:x').faults).toMatchObject([
      { line: 6, message: expect.stringContaining('END:VCALENDAR') },
    ]);
    expect(lessonsOfCalendar('', rules).faults).toMatchObject([{ line: 1 }]);
  });

  it('tell of times and rules that cannot be read', () => {
    const { faults } = read(
      ...event('DTSTART:someday', 'DTEND:20261012T090000Z'),
      ...event(...weekly, 'RRULE:FREQ=SOMETIMES'),
      ...event(...weekly, 'RRULE:FREQ=SECONDLY'),
    );
    expect(faults.map(({ line }) => line).toSorted((one, other) => one - other)).toEqual([4, 10, 17]);
  });
});
