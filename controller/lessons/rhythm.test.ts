import { expect, it } from 'vitest';
import { isTimeZone, occurrenceOn, occurrencesOf, type Rhythm } from './rhythm.ts';

const rhythm: Rhythm = {
  weekday: 1,
  starts: '08:00',
  ends: '09:30',
  timeZone: 'Europe/Berlin',
  everyWeeks: 1,
  firstDay: '2026-10-14',
  lastDay: '2026-11-09',
};
const all = { firstDay: '2026-01-01', lastDay: '2026-12-31' };

it('stays at eight when clocks are put back', () => {
  expect(occurrencesOf(rhythm, all, []).map(({ startsAt }) => startsAt.toISOString())).toEqual([
    '2026-10-19T06:00:00.000Z',
    '2026-10-26T07:00:00.000Z',
    '2026-11-02T07:00:00.000Z',
    '2026-11-09T07:00:00.000Z',
  ]);
});

it('counts weeks from the one of its first day, though that lies after its weekday', () => {
  const everySecond = { ...rhythm, everyWeeks: 2 };
  expect(occurrencesOf(everySecond, all, []).map(({ day }) => day)).toEqual(['2026-10-26', '2026-11-09']);
});

it('leaves holidays out without a change of the weeks', () => {
  const holidays = [{ firstDay: '2026-10-24', lastDay: '2026-11-01' }];
  expect(occurrencesOf(rhythm, all, holidays).map(({ day }) => day)).toEqual([
    '2026-10-19',
    '2026-11-02',
    '2026-11-09',
  ]);
});

it('begins later when clocks leave its begin out, and lasts as long as on other days', () => {
  const night = { starts: '02:30', ends: '03:00', timeZone: 'Europe/Berlin' };
  const { startsAt, endsAt } = occurrenceOn('2026-03-29', night);
  expect(startsAt.toISOString()).toBe('2026-03-29T01:30:00.000Z');
  expect(endsAt.toISOString()).toBe('2026-03-29T02:00:00.000Z');
});

it('knows time zones by their IANA names', () => {
  expect(['Europe/Berlin', 'UTC', 'W. Europe Standard Time', 'Nowhere/Land'].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
