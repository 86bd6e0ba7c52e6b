import { expect, test } from 'vitest';
import { lessonRequest } from './lesson-form.ts';

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  const usual = {
    name: ' Maths ',
    group: 'g',
    room: '',
    template: 'desktop',
    seats: '',
    lead: '15',
    atEnd: 'end',
  };
  const times = { day: '2026-10-14', starts: '08:00', ends: '09:30' };
  for (const [name, value] of Object.entries({ ...usual, ...times, ...fields })) data.set(name, value);
  return data;
}

test('a lesson on one day is by this computer’s clock', () => {
  expect(lessonRequest(form({ seats: '12' }))).toEqual({
    path: 'lessons',
    body: {
      ...{
        name: 'Maths',
        group: 'g',
        room: null,
        template: 'desktop',
        seats: 12,
        leadS: 900,
        atEnd: 'end',
        exam: false,
        automatic: false,
      },
      startsAt: new Date('2026-10-14T08:00').toISOString(),
      endsAt: new Date('2026-10-14T09:30').toISOString(),
    },
  });
});

test('with a rhythm it is a series on the weekday of its first day', () => {
  expect(lessonRequest(form({ every: '2', last: '2027-07-01', exam: 'on' }))).toMatchObject({
    path: 'lesson-series',
    body: {
      weekday: 3,
      everyWeeks: 2,
      firstDay: '2026-10-14',
      lastDay: '2027-07-01',
      starts: '08:00',
      exam: true,
    },
  });
});
