/** A timetable as a spreadsheet writes it (CSV): a line is one lesson, or one that repeats by weeks. Pure. */
import type { CsvRow } from '../../accounts/import/csv-table.ts';
import { readCsvTable } from '../../accounts/import/csv-table.ts';
import type { ImportFault } from '../../accounts/import/import-fault.ts';
import { isWithin, type Occurrence, occurrenceOn, occurrencesOf } from '../rhythm.ts';
import type { PlannedLesson, ReadingRules, Timetable } from './planned-lesson.ts';

/** The headings that are known, in any order. */
export const columns = [
  'id',
  'name',
  'date',
  'weekday',
  'first',
  'last',
  'every',
  'start',
  'end',
  'group',
  'room',
  'template',
  'seats',
  'lead',
  'exam',
  'automatic',
  'at end',
] as const;
type Column = (typeof columns)[number];

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const timePattern = /^([01]?[0-9]|2[0-3]):[0-5][0-9]$/;
const yes = new Set(['yes', 'true', '1', 'x']);
const no = new Set(['', 'no', 'false', '0']);

/** Read a table; every fault is told with its line and column. */
export function lessonsOfTable(text: string, rules: ReadingRules): Timetable {
  const { rows, faults } = readCsvTable(text);
  const [heading, ...lines] = rows;
  if (!heading) return { lessons: [], entries: [], faults: [...faults, empty], leftOut: 0 };
  const names = heading.cells.map((cell) => cell.toLowerCase());
  const headingFaults = faultsOfHeading(heading, names);
  if (headingFaults.length > 0) {
    return { lessons: [], entries: [], faults: [...faults, ...headingFaults], leftOut: 0 };
  }
  const read = lines.map((row) => new RowReader(row, names, rules).read());
  return {
    lessons: read.flatMap(({ lessons }) => lessons),
    entries: read.map(({ key }) => key),
    faults: [...faults, ...read.flatMap((each) => each.faults), ...repeated(read.map(({ key }) => key))],
    leftOut: read.reduce((sum, { leftOut }) => sum + leftOut, 0),
  };
}

const empty: ImportFault = { line: 1, column: null, message: 'The file is empty.' };

function faultsOfHeading({ line }: CsvRow, names: readonly string[]): ImportFault[] {
  const isKnown = (name: string) => columns.some((column) => column === name);
  const unknown = names.filter((name) => name !== '' && !isKnown(name));
  const missing = ['name', 'start', 'end'].filter((name) => !names.includes(name));
  return [
    ...unknown.map((column) => ({
      line,
      column,
      message: `This column is not known. Known are ${columns.join(', ')}.`,
    })),
    ...missing.map((column) => ({ line, column, message: 'This column is missing.' })),
  ];
}

interface Key {
  readonly line: number;
  readonly uid: string;
}

function repeated(keys: readonly Key[]): ImportFault[] {
  const lines = new Map<string, number>();
  return keys.flatMap(({ line, uid }) => {
    const before = lines.get(uid);
    lines.set(uid, before ?? line);
    if (before === undefined) return [];
    return [
      {
        line,
        column: null,
        message: `This is the same lesson as in line ${before}; an id tells them apart.`,
      },
    ];
  });
}

/** One line. */
class RowReader {
  readonly #row: CsvRow;
  readonly #names: readonly string[];
  readonly #rules: ReadingRules;
  readonly #faults: ImportFault[] = [];
  #leftOut = 0;

  constructor(row: CsvRow, names: readonly string[], rules: ReadingRules) {
    this.#row = row;
    this.#names = names;
    this.#rules = rules;
  }

  read(): Omit<Timetable, 'entries'> & { key: Key } {
    const times = this.#times();
    const uid = this.#uid();
    const content = this.#content(uid);
    const key = { line: this.#row.line, uid };
    if (this.#faults.length > 0) return { lessons: [], faults: this.#faults, leftOut: 0, key };
    const lessons = times.map(({ day, startsAt, endsAt }) => ({
      ...content,
      recurrence: day,
      startsAt,
      endsAt,
    }));
    return { lessons, faults: [], leftOut: this.#leftOut, key };
  }

  #content(uid: string): Omit<PlannedLesson, 'recurrence' | 'startsAt' | 'endsAt'> {
    const minutes = this.#number('lead', 0, 1440);
    return {
      line: this.#row.line,
      uid,
      name: this.#name(),
      group: this.#cell('group') || null,
      groupHints: [],
      room: this.#cell('room') || null,
      roomHint: null,
      template: this.#cell('template') || null,
      seats: this.#number('seats', 1, 10_000),
      leadS: minutes === null ? null : minutes * 60,
      atEnd: this.#atEnd(),
      exam: this.#flag('exam'),
      automatic: this.#flag('automatic'),
    };
  }

  #name(): string {
    const name = this.#cell('name');
    if (name === '') this.#fault('name', 'A lesson has a name.');
    if (name.length > 200) this.#fault('name', 'A name has 200 characters at most.');
    return name;
  }

  #times(): Occurrence[] {
    const starts = this.#time('start');
    const ends = this.#time('end');
    if (starts && ends && ends <= starts) this.#fault('end', 'It ends before it begins.');
    const date = this.#cell('date');
    if (date !== '' && this.#cell('weekday') !== '') {
      this.#fault('weekday', 'A lesson is on a date or repeats by weeks, not both.');
    }
    return date === '' ? this.#weekly(starts, ends) : this.#single(this.#day('date'), starts, ends);
  }

  #single(day: string | null, starts: string | null, ends: string | null): Occurrence[] {
    if (!day || !starts || !ends || this.#faults.length > 0) return [];
    if (this.#rules.isHoliday(day)) {
      this.#leftOut += 1;
      return [];
    }
    return [occurrenceOn(day, { starts, ends, timeZone: this.#rules.timeZone })];
  }

  #weekly(starts: string | null, ends: string | null): Occurrence[] {
    const weekday = this.#weekday();
    const firstDay = this.#day('first');
    const lastDay = this.#day('last');
    const everyWeeks = this.#number('every', 1, 4) ?? 1;
    if (firstDay && lastDay && lastDay < firstDay) this.#fault('last', 'It ends before it begins.');
    if (!weekday || !firstDay || !lastDay || !starts || !ends || this.#faults.length > 0) return [];
    if (Date.parse(lastDay) - Date.parse(firstDay) > 3 * 366 * 24 * 3600_000) {
      this.#fault('last', 'It repeats for three years at most.');
      return [];
    }
    const { timeZone } = this.#rules;
    const rhythm = { weekday, starts, ends, timeZone, everyWeeks, firstDay, lastDay };
    const all = occurrencesOf(rhythm, { firstDay, lastDay }, []);
    const kept = all.filter(({ day }) => !this.#rules.isHoliday(day));
    this.#leftOut += all.length - kept.length;
    return kept;
  }

  /** What tells a line again when the file is imported again. */
  #uid(): string {
    const id = this.#cell('id');
    if (id !== '') return id.slice(0, 200);
    return (['name', 'group', 'room', 'date', 'weekday', 'start'] as const)
      .map((column) => this.#cell(column).toLowerCase())
      .join('|')
      .slice(0, 400);
  }

  #weekday(): number | null {
    const cell = this.#cell('weekday').toLowerCase();
    if (/^[1-7]$/.test(cell)) return Number(cell);
    const index = cell.length >= 2 ? weekdays.findIndex((name) => name.startsWith(cell)) : -1;
    if (index >= 0) return index + 1;
    return this.#fault('weekday', 'Give a date, or a weekday as Monday or 1.');
  }

  #day(column: Column): string | null {
    const cell = this.#cell(column);
    const at = /^\d{4}-\d{2}-\d{2}$/.test(cell) ? Date.parse(`${cell}T00:00Z`) : Number.NaN;
    // 31 February is taken for a day in March.
    const isDay = !Number.isNaN(at) && new Date(at).toISOString().startsWith(cell);
    return isDay ? cell : this.#fault(column, 'A day is as 2026-09-01.');
  }

  #time(column: Column): string | null {
    const cell = this.#cell(column);
    return timePattern.test(cell) ? cell.padStart(5, '0') : this.#fault(column, 'A time is as 08:45.');
  }

  #number(column: Column, least: number, most: number): number | null {
    const cell = this.#cell(column);
    if (cell === '') return null;
    const number = Number(cell);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    return this.#fault(column, `Give a whole number from ${least} to ${most}.`);
  }

  #flag(column: 'exam' | 'automatic'): boolean {
    const cell = this.#cell(column).toLowerCase();
    if (!yes.has(cell) && !no.has(cell)) this.#fault(column, 'Say yes or no.');
    return yes.has(cell);
  }

  #atEnd(): 'end' | 'warn' | null {
    const cell = this.#cell('at end').toLowerCase();
    if (cell === '') return null;
    return cell === 'end' || cell === 'warn' ? cell : this.#fault('at end', 'Say end or warn.');
  }

  #cell(column: Column): string {
    return this.#row.cells[this.#names.indexOf(column)] ?? '';
  }

  #fault(column: Column, message: string): null {
    this.#faults.push({ line: this.#row.line, column, message });
    return null;
  }
}

/** @returns a test for holidays */
export function holidayTest(
  spans: readonly { readonly firstDay: string; readonly lastDay: string }[],
): (day: string) => boolean {
  return (day) => isWithin(day, spans);
}
