import type { ImportFault } from '../../accounts/import/import-fault.ts';

/** A lesson as a file tells it: groups, rooms and templates by name. */
export interface PlannedLesson {
  /** Where the file tells it. */
  readonly line: number;
  /** What the file calls it, with all its repetitions. */
  readonly uid: string;
  /** Which of its repetitions: the time when it would begin if nobody had moved it. */
  readonly recurrence: string;
  readonly name: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Must be there; null where the file does not tell. */
  readonly group: string | null;
  /** One of these may be a group. */
  readonly groupHints: readonly string[];
  /** Must be there. */
  readonly room: string | null;
  /** May be a room. */
  readonly roomHint: string | null;
  /** Its name or its id. */
  readonly template: string | null;
  readonly seats: number | null;
  readonly leadS: number | null;
  readonly atEnd: 'end' | 'warn' | null;
  readonly exam: boolean;
  /** Its room starts and ends by itself. */
  readonly automatic: boolean;
}

/** What a file holds. */
export interface Timetable {
  readonly lessons: readonly PlannedLesson[];
  /** What it names and where, with or without a lesson left: what was made of these before is compared. */
  readonly entries: readonly { readonly line: number; readonly uid: string }[];
  readonly faults: readonly ImportFault[];
  /** What is no lesson (lasts the whole day), was cancelled, or falls into holidays. */
  readonly leftOut: number;
}

/** What an import reads a file by. */
export interface ReadingRules {
  /** For times that tell none. */
  readonly timeZone: string;
  readonly now: Date;
  /** Whether there are no lessons on a day. */
  readonly isHoliday: (day: string) => boolean;
}

/** Repetitions without an end are made for so long. */
export const horizonDays = 400;
/** A school of a hundred classes for a year, some ten times. */
export const maxLessons = 20_000;
