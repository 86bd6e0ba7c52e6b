import { expect, test } from 'vitest';
import { addDays, dayText, mondayOf, timeOf, timeText } from './week.ts';

test('a week begins on Monday', () => {
  for (const day of ['2026-10-12', '2026-10-15', '2026-10-18']) {
    expect(dayText(mondayOf(timeOf(day, '13:45')))).toBe('2026-10-12');
  }
  expect(dayText(mondayOf(timeOf('2026-10-19', '00:00')))).toBe('2026-10-19');
});

test('days later keep the time of the day', () => {
  const later = addDays(timeOf('2026-10-20', '08:05'), 14);
  expect([dayText(later), timeText(later)]).toEqual(['2026-11-03', '08:05']);
});
