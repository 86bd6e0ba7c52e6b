import ICAL from 'ical.js';
import { dayOf, instantOf, isTimeZone, timeOf } from '../rhythm.ts';
import type { CalendarComponent } from './calendar-events.ts';

/** Turns the times of a calendar into instants. */
export class CalendarClock {
  readonly #usual: string;
  readonly #own: ReadonlyMap<string, ICAL.Timezone>;

  /**
   * @param zones the file's own definitions, for names that are none of the IANA's (`W. Europe Standard Time`)
   * @param usual for times that tell no time zone
   */
  constructor(zones: readonly CalendarComponent[], usual: string) {
    this.#usual = usual;
    this.#own = new Map(
      zones.map(({ component }) => {
        const zone = new ICAL.Timezone(component);
        return [zone.tzid, zone];
      }),
    );
  }

  /** @returns whether times with this name can be understood; null is a time without one */
  knows(tzid: string | null): boolean {
    return tzid === null || isTimeZone(tzid) || this.#own.has(tzid);
  }

  /** @returns when it is; of a day without a time, its begin */
  instant(time: ICAL.Time, tzid: string | null): Date {
    if (isUtc(time)) return new Date(time.toUnixTime() * 1000);
    const own = tzid !== null && !isTimeZone(tzid) ? this.#own.get(tzid) : undefined;
    if (!own) return instantOf(dayText(time), timeText(time), this.#ianaName(tzid));
    const placed = time.clone();
    placed.zone = own;
    return new Date(placed.toUnixTime() * 1000);
  }

  /** @returns the same moment as clocks there show it, for rules that are reckoned by them */
  local(time: ICAL.Time, tzid: string | null): ICAL.Time {
    if (!isUtc(time)) return time;
    const own = tzid !== null && !isTimeZone(tzid) ? this.#own.get(tzid) : undefined;
    if (own) return floating(time.convertToZone(own));
    const zone = this.#ianaName(tzid);
    const instant = new Date(time.toUnixTime() * 1000);
    return ICAL.Time.fromDateTimeString(`${dayOf(instant, zone)}T${timeOf(instant, zone)}`);
  }

  #ianaName(tzid: string | null): string {
    return tzid !== null && isTimeZone(tzid) ? tzid : this.#usual;
  }
}

/** @returns the day that a calendar's time names, by its own clocks */
export function dayText(time: ICAL.Time): string {
  return time.toString().slice(0, 10);
}

function timeText(time: ICAL.Time): string {
  return time.isDate ? '00:00' : time.toString().slice(11, 19);
}

function isUtc(time: ICAL.Time): boolean {
  return time.zone === ICAL.Timezone.utcTimezone;
}

function floating(time: ICAL.Time): ICAL.Time {
  return ICAL.Time.fromDateTimeString(time.toString().slice(0, 19));
}
