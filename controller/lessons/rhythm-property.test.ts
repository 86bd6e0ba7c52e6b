import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOf, isWithin, occurrencesOf, type Rhythm, timeOf } from './rhythm.ts';

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kolkata',
  'UTC',
];

const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
const timeText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const rhythms: fc.Arbitrary<Rhythm> = fc
  .record({
    weekday: fc.integer({ min: 1, max: 7 }),
    times: fc.uniqueArray(minutes, { minLength: 2, maxLength: 2 }),
    timeZone: fc.constantFrom(...zones),
    everyWeeks: fc.integer({ min: 1, max: 4 }),
    begins: fc.integer({ min: 0, max: 700 }),
    days: fc.integer({ min: 0, max: 500 }),
  })
  .map(({ times, begins, days, ...rest }) => {
    const [starts = 0, ends = 1] = times.toSorted((one, other) => one - other);
    const firstDay = addDays('2025-01-01', begins);
    return {
      ...rest,
      starts: timeText(starts),
      ends: timeText(ends),
      firstDay,
      lastDay: addDays(firstDay, days),
    };
  });

const spans = fc
  .record({ from: fc.integer({ min: 0, max: 1200 }), days: fc.integer({ min: 0, max: 60 }) })
  .map(({ from, days }) => {
    const firstDay = addDays('2025-01-01', from);
    return { firstDay, lastDay: addDays(firstDay, days) };
  });

const always = { firstDay: '2000-01-01', lastDay: '2100-01-01' };

describe('any rhythm', () => {
  it('keeps to its weekday, its clocks, its days and its weeks', () => {
    fc.assert(
      fc.property(rhythms, (rhythm) => {
        const found = occurrencesOf(rhythm, always, []);
        for (const { day, startsAt, endsAt } of found) {
          expect(day >= rhythm.firstDay && day <= rhythm.lastDay).toBe(true);
          expect(new Date(`${day}T12:00Z`).getUTCDay()).toBe(rhythm.weekday % 7);
          expect(endsAt > startsAt).toBe(true);
          const shown = timeOf(startsAt, rhythm.timeZone).slice(0, 5);
          // A time that clocks leave out is shown later on the same day, or just after midnight.
          if (shown !== rhythm.starts) expect(shown > rhythm.starts || shown < '02:00').toBe(true);
          else expect(dayOf(startsAt, rhythm.timeZone)).toBe(day);
        }
        const gaps = found.slice(1).map(({ day }, index) => {
          const before = Date.parse(found[index]?.day ?? '');
          return (Date.parse(day) - before) / (24 * 3600_000);
        });
        expect(gaps.every((gap) => gap === 7 * rhythm.everyWeeks)).toBe(true);
      }),
    );
  });

  it('is the same in pieces as in one', () => {
    fc.assert(
      fc.property(rhythms, spans, (rhythm, { firstDay: cut }) => {
        const whole = occurrencesOf(rhythm, always, []);
        const before = occurrencesOf(rhythm, { firstDay: '2000-01-01', lastDay: addDays(cut, -1) }, []);
        const after = occurrencesOf(rhythm, { firstDay: cut, lastDay: '2100-01-01' }, []);
        expect([...before, ...after]).toEqual(whole);
      }),
    );
  });

  it('leaves holidays out, and nothing else', () => {
    fc.assert(
      fc.property(rhythms, fc.array(spans, { maxLength: 4 }), (rhythm, holidays) => {
        const whole = occurrencesOf(rhythm, always, []);
        expect(occurrencesOf(rhythm, always, holidays)).toEqual(
          whole.filter(({ day }) => !isWithin(day, holidays)),
        );
      }),
    );
  });
});
