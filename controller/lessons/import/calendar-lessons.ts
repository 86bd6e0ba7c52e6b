/** A timetable as other programs export it (iCalendar, RFC 5545). Pure. */
import { toError } from '@homeroom/protocol';
import ICAL from 'ical.js';
import type { ImportFault } from '../../accounts/import/import-fault.ts';
import { dayOf } from '../rhythm.ts';
import { CalendarClock, dayText } from './calendar-clock.ts';
import { type CalendarComponent, calendarParts } from './calendar-events.ts';
import { horizonDays, type PlannedLesson, type ReadingRules, type Timetable } from './planned-lesson.ts';

const dayMs = 24 * 3600_000;
/** Beyond that a rule repeats by seconds, or has begun in another century. */
const maxRepetitions = 5_000;

interface Event extends CalendarComponent {
  readonly uid: string;
  readonly tzid: string | null;
  readonly start: ICAL.Time;
  readonly lengthMs: number;
}

/** One time of an event, and when it would have begun. */
interface Repetition {
  readonly recurrence: Date;
  readonly startsAt: Date;
}

/** Read a calendar. Repetitions are those from yesterday on, for a little more than a year. */
export function lessonsOfCalendar(text: string, rules: ReadingRules): Timetable {
  const { events, zones, faults } = calendarParts(text);
  return new CalendarReader(new CalendarClock(zones, rules.timeZone), rules, faults).read(events);
}

class CalendarReader {
  readonly #clock: CalendarClock;
  readonly #rules: ReadingRules;
  readonly #faults: ImportFault[];
  #leftOut = 0;

  constructor(clock: CalendarClock, rules: ReadingRules, faults: readonly ImportFault[]) {
    this.#clock = clock;
    this.#rules = rules;
    this.#faults = [...faults];
  }

  read(components: readonly CalendarComponent[]): Timetable {
    const events = components.flatMap((each) =>
      this.#attempt(each, () => [this.#event(each)].filter((event) => event !== undefined)),
    );
    const [moved, masters] = partition(events, ({ component }) => component.hasProperty('recurrence-id'));
    const overrides = this.#overridesOf(moved);
    const lessons = [
      ...masters.flatMap((event) => this.#attempt(event, () => this.#lessonsOf(event, overrides))),
      ...moved.flatMap((event) => this.#attempt(event, () => this.#movedLesson(event))),
    ];
    const kept = this.#withoutHolidays(lessons);
    // An event that cannot be read is named all the same: with it falls whatever else has its UID.
    const entries = components.flatMap(({ line, component }) => {
      const uid = text(component, 'uid');
      return uid === null ? [] : [{ line, uid }];
    });
    return { lessons: kept, entries, faults: this.#faults, leftOut: this.#leftOut };
  }

  /** Values are read when they are asked for: what is wrong with one is told with its event. */
  #attempt<T>(each: CalendarComponent, read: () => T[]): T[] {
    try {
      return read();
    } catch (caught) {
      this.#fault(each, `A time or a rule of it cannot be read: ${toError(caught).message}`);
      return [];
    }
  }

  #event(each: CalendarComponent): Event | undefined {
    const { component } = each;
    const uid = text(component, 'uid');
    const property = component.getFirstProperty('dtstart');
    const start = property?.getFirstValue();
    if (!uid) return this.#fault(each, 'It has no UID, so importing again would make it twice.');
    if (!property || !(start instanceof ICAL.Time)) return this.#fault(each, 'It has no begin (DTSTART).');
    if (start.isDate) {
      // Days off and birthdays stand in timetables too.
      this.#leftOut += 1;
      return undefined;
    }
    const tzid = tzidOf(property);
    if (!this.#clock.knows(tzid)) {
      return this.#fault(each, `There is no time zone ${tzid}, and the file does not tell what it is.`);
    }
    const lengthMs = this.#lengthMs(component, start, tzid);
    if (lengthMs === undefined) return this.#fault(each, 'It has no end (DTEND or DURATION).');
    if (lengthMs <= 0) return this.#fault(each, 'It ends before it begins.');
    if (lengthMs > dayMs) return this.#fault(each, 'It lasts longer than a day.');
    return { ...each, uid, tzid, start, lengthMs };
  }

  #lengthMs(component: ICAL.Component, start: ICAL.Time, tzid: string | null): number | undefined {
    const end = component.getFirstProperty('dtend');
    const duration = component.getFirstPropertyValue('duration');
    const time = end?.getFirstValue();
    if (end && time instanceof ICAL.Time) {
      const endTzid = tzidOf(end) ?? tzid;
      const endsAt = this.#clock.instant(time, this.#clock.knows(endTzid) ? endTzid : tzid);
      return endsAt.getTime() - this.#clock.instant(start, tzid).getTime();
    }
    return duration instanceof ICAL.Duration ? duration.toSeconds() * 1000 : undefined;
  }

  /** By event and the time that they replace. */
  #overridesOf(moved: readonly Event[]): ReadonlySet<string> {
    return new Set(
      moved.flatMap((event) => this.#attempt(event, () => [keyOf(event.uid, this.#replaced(event))])),
    );
  }

  #replaced({ component, start, tzid }: Event): Date {
    const property = component.getFirstProperty('recurrence-id');
    const time = property?.getFirstValue();
    if (!property || !(time instanceof ICAL.Time)) return this.#clock.instant(start, tzid);
    return this.#clock.instant(time, tzidOf(property) ?? tzid);
  }

  #movedLesson(event: Event): PlannedLesson[] {
    const times = {
      recurrence: this.#replaced(event),
      startsAt: this.#clock.instant(event.start, event.tzid),
    };
    return isCancelled(event) ? this.#leaveOut() : [toLesson(event, times)];
  }

  #lessonsOf(event: Event, overrides: ReadonlySet<string>): PlannedLesson[] {
    if (isCancelled(event)) return this.#leaveOut();
    return this.#repetitions(event)
      .filter(({ recurrence }) => !overrides.has(keyOf(event.uid, recurrence)))
      .map((times) => toLesson(event, times));
  }

  #leaveOut(): never[] {
    this.#leftOut += 1;
    return [];
  }

  #repetitions(event: Event): Repetition[] {
    const { component, start, tzid } = event;
    const rules = component.getAllProperties('rrule');
    const times = rules.length === 0 ? [start] : rules.flatMap((rule) => this.#ruled(event, rule));
    const added = timesOf(component, 'rdate').map(({ time, tzid: own }) =>
      this.#clock.instant(time, own ?? tzid),
    );
    const except = this.#exceptions(event);
    const instants = [...times.map((time) => this.#clock.instant(time, tzid)), ...added];
    const { now } = this.#rules;
    return [...new Set(instants.map((instant) => instant.getTime()))]
      .filter((ms) => rules.length === 0 || ms < now.getTime() + horizonDays * dayMs)
      .map((ms) => new Date(ms))
      .filter((instant) => instant.getTime() + event.lengthMs > now.getTime() - dayMs && !except(instant))
      .map((instant) => ({ recurrence: instant, startsAt: instant }));
  }

  #ruled(event: Event, property: ICAL.Property): ICAL.Time[] {
    const rule = property.getFirstValue();
    if (!(rule instanceof ICAL.Recur)) {
      this.#fault(event, 'Its rule of repetition (RRULE) cannot be read.');
      return [];
    }
    const recur = rule.clone();
    // Told in UTC, but reckoned by the event's own clocks: else the last repetition is lost.
    if (recur.until) recur.until = this.#clock.local(recur.until, event.tzid);
    const lastMs = this.#rules.now.getTime() + horizonDays * dayMs;
    const iterator = recur.iterator(event.start);
    const times: ICAL.Time[] = [];
    for (let time = iterator.next(); time; time = iterator.next()) {
      if (this.#clock.instant(time, event.tzid).getTime() > lastMs) break;
      times.push(time.clone());
      if (times.length < maxRepetitions) continue;
      this.#fault(event, `It repeats more than ${maxRepetitions} times.`);
      return [];
    }
    return times;
  }

  #exceptions({ component, tzid }: Event): (instant: Date) => boolean {
    const told = timesOf(component, 'exdate');
    const days = new Set(told.filter(({ time }) => time.isDate).map(({ time }) => dayText(time)));
    const instants = new Set(
      told
        .filter(({ time }) => !time.isDate)
        .map(({ time, tzid: own }) => this.#clock.instant(time, own ?? tzid).getTime()),
    );
    return (instant) => instants.has(instant.getTime()) || days.has(this.#dayOf(instant));
  }

  #withoutHolidays(lessons: readonly PlannedLesson[]): PlannedLesson[] {
    const kept = lessons.filter(({ startsAt }) => !this.#rules.isHoliday(this.#dayOf(startsAt)));
    this.#leftOut += lessons.length - kept.length;
    return kept;
  }

  #dayOf(instant: Date): string {
    return dayOf(instant, this.#rules.timeZone);
  }

  #fault({ line, component }: CalendarComponent, message: string): undefined {
    const name = text(component, 'summary');
    this.#faults.push({ line, column: name ? `VEVENT “${name}”` : 'VEVENT', message });
    return undefined;
  }
}

function toLesson(
  { component, line, uid, lengthMs }: Event,
  { recurrence, startsAt }: Repetition,
): PlannedLesson {
  const seats = Number(text(component, 'x-homeroom-seats') ?? Number.NaN);
  return {
    line,
    uid,
    recurrence: recurrence.toISOString(),
    name: (text(component, 'summary') ?? 'Lesson').slice(0, 200),
    startsAt,
    endsAt: new Date(startsAt.getTime() + lengthMs),
    group: text(component, 'x-homeroom-group'),
    groupHints: component.getAllProperties('categories').flatMap((each) => each.getValues().map(String)),
    room: null,
    roomHint: text(component, 'location'),
    template: text(component, 'x-homeroom-template'),
    seats: Number.isInteger(seats) && seats > 0 ? seats : null,
    leadS: null,
    atEnd: null,
    exam: isSet(component, 'x-homeroom-exam'),
    automatic: isSet(component, 'x-homeroom-automatic'),
  };
}

function timesOf(component: ICAL.Component, name: string): { time: ICAL.Time; tzid: string | null }[] {
  return component
    .getAllProperties(name)
    .flatMap((property) =>
      property
        .getValues()
        .flatMap((value: unknown) =>
          value instanceof ICAL.Time ? [{ time: value, tzid: tzidOf(property) }] : [],
        ),
    );
}

function text(component: ICAL.Component, name: string): string | null {
  const value = component.getFirstPropertyValue(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function isSet(component: ICAL.Component, name: string): boolean {
  return text(component, name)?.toLowerCase() === 'true';
}

function tzidOf(property: ICAL.Property): string | null {
  const tzid = property.getParameter('tzid');
  return typeof tzid === 'string' ? tzid : null;
}

function isCancelled({ component }: Event): boolean {
  return text(component, 'status')?.toUpperCase() === 'CANCELLED';
}

function keyOf(uid: string, recurrence: Date): string {
  return `${uid} ${recurrence.toISOString()}`;
}

function partition<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}
