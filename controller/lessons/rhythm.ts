/**
 * What repeats by weeks, as single times. Pure. Rules:
 * - times are those of the clocks at the school, so that a lesson stays at 8:00 when clocks are changed;
 * - a time that clocks leave out is as much later as they were put forward; of one that comes twice the first is meant;
 * - a lesson never turns round: when clocks are changed while it runs so that its end would not be after its begin, it
 *   lasts as long as it does on other days;
 * - weeks are counted from the one that the first day lies in.
 */
import { Temporal } from 'temporal-polyfill';

export interface Rhythm {
  /** 1 is Monday. */
  readonly weekday: number;
  /** As `08:00`. */
  readonly starts: string;
  readonly ends: string;
  readonly timeZone: string;
  /** 1 is every week, 2 every second. */
  readonly everyWeeks: number;
  /** As `2026-09-01`; nothing before it, whatever its weekday. */
  readonly firstDay: string;
  readonly lastDay: string;
}

/** From one day to another, both among them. */
export interface DaySpan {
  readonly firstDay: string;
  readonly lastDay: string;
}

export interface Occurrence {
  readonly day: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/**
 * @param span days that are asked for
 * @param holidays days without lessons
 * @returns in their order; empty when there is none
 */
export function occurrencesOf(rhythm: Rhythm, span: DaySpan, holidays: readonly DaySpan[]): Occurrence[] {
  const last = earlier(rhythm.lastDay, span.lastDay);
  const found: Occurrence[] = [];
  for (
    let day = firstOccurrence(rhythm, span.firstDay);
    day.toString() <= last;
    day = day.add({ weeks: rhythm.everyWeeks })
  ) {
    if (!isWithin(day.toString(), holidays)) found.push(occurrenceOn(day.toString(), rhythm));
  }
  return found;
}

/** @returns whether a day lies within one of the spans */
export function isWithin(day: string, spans: readonly DaySpan[]): boolean {
  return spans.some(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
}

/** @returns a day's lesson, by the clocks of a time zone */
export function occurrenceOn(
  day: string,
  { starts, ends, timeZone }: Pick<Rhythm, 'starts' | 'ends' | 'timeZone'>,
): Occurrence {
  const startsAt = instantOf(day, starts, timeZone);
  const endsAt = instantOf(day, ends, timeZone);
  if (endsAt > startsAt) return { day, startsAt, endsAt };
  return { day, startsAt, endsAt: new Date(startsAt.getTime() + lengthMs(starts, ends)) };
}

/** @returns when clocks of a time zone show a time of a day */
export function instantOf(day: string, time: string, timeZone: string): Date {
  return new Date(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).epochMilliseconds);
}

/** @returns the day that it is then in a time zone, as `2026-09-01` */
export function dayOf(time: Date, timeZone: string): string {
  return zoned(time, timeZone).toPlainDate().toString();
}

/** @returns what clocks of a time zone show then, as `08:00:00` */
export function timeOf(time: Date, timeZone: string): string {
  return zoned(time, timeZone).toPlainTime().toString({ smallestUnit: 'second' });
}

/** @returns the day so many days later */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** @returns whether there is such a time zone */
export function isTimeZone(name: string): boolean {
  try {
    zoned(new Date(0), name);
    return true;
  } catch {
    return false;
  }
}

function zoned(time: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(time.getTime()).toZonedDateTimeISO(timeZone);
}

/** The first day of the rhythm that is neither before its own first day nor before the one asked for. */
function firstOccurrence({ weekday, firstDay, everyWeeks }: Rhythm, askedFrom: string): Temporal.PlainDate {
  const start = Temporal.PlainDate.from(firstDay);
  const inFirstWeek = start.add({ days: weekday - start.dayOfWeek });
  const from = firstDay > askedFrom ? start : Temporal.PlainDate.from(askedFrom);
  const daysAfter = inFirstWeek.until(from, { largestUnit: 'days' }).days;
  const steps = Math.max(0, Math.ceil(daysAfter / (7 * everyWeeks)));
  return inFirstWeek.add({ weeks: steps * everyWeeks });
}

function lengthMs(starts: string, ends: string): number {
  return Temporal.PlainTime.from(starts).until(Temporal.PlainTime.from(ends)).total('milliseconds');
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
