import * as v from 'valibot';
import { collectionReport } from '../payloads/collection-report.ts';
import { counter, label, timestamp } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';

/** Who made a lesson: a person, its series, or a timetable that was imported. */
export const lessonSources = ['manual', 'series', 'ics', 'csv'] as const;
export type LessonSource = (typeof lessonSources)[number];

/** A day, as `2026-09-01`. */
export const day = v.pipe(v.string(), v.isoDate());
/** A time of the day, as `08:45`. */
export const timeOfDay = v.pipe(
  v.string(),
  v.regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'A time is as 08:45.'),
);
/** As the IANA calls it: `Europe/Berlin`. */
export const timeZone = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/),
  v.maxLength(64),
);

const name = v.pipe(label, v.trim(), v.minLength(1));
const requestId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** What a lesson and a series of lessons share. */
const content = {
  name,
  /** Whose lesson it is; without one, whoever sits in its room. */
  group: v.nullable(requestId),
  room: v.nullable(requestId),
  template: requestId,
  /** Further templates that may be used in it. */
  moreTemplates: v.pipe(v.array(requestId), v.maxLength(50)),
  /** How many desktops it needs; null is as many as its group has students, or its room seats. */
  seats: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
  /** So long before it begins its desktops are made, and kept for it. */
  leadS: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400)),
  /** Whether its sessions end with it, or their students are only told. */
  atEnd: v.picklist(['end', 'warn']),
  /** Its templates are the only ones, nothing is copied in or out, and files are collected at the end. */
  exam: v.boolean(),
  /** Its room is started `leadS` before it begins, and ended with it, by itself. */
  automatic: v.boolean(),
};

const usual = {
  group: v.optional(content.group, null),
  room: v.optional(content.room, null),
  moreTemplates: v.optional(content.moreTemplates, []),
  seats: v.optional(content.seats, null),
  leadS: v.optional(content.leadS, 900),
  atEnd: v.optional(content.atEnd, 'warn'),
  exam: v.optional(content.exam, false),
  automatic: v.optional(content.automatic, false),
};

const changed = {
  name: v.exactOptional(content.name),
  group: v.exactOptional(content.group),
  room: v.exactOptional(content.room),
  template: v.exactOptional(content.template),
  moreTemplates: v.exactOptional(content.moreTemplates),
  seats: v.exactOptional(content.seats),
  leadS: v.exactOptional(content.leadS),
  atEnd: v.exactOptional(content.atEnd),
  exam: v.exactOptional(content.exam),
  automatic: v.exactOptional(content.automatic),
};

export const lesson = v.object({
  id,
  ...content,
  startsAt: timestamp,
  endsAt: timestamp,
  source: v.picklist(lessonSources),
  series: v.nullable(id),
  /** Desktops that it needs, after all. */
  need: counter,
  /** A cancelled lesson stands in the timetable and has no effect. */
  cancelledAt: nullableTime,
  /** When what its end brings was done. */
  closedAt: nullableTime,
  /** What its maker should know: it cannot be served, clashes with another one, is over. Of a single lesson, not in lists. */
  remarks: v.exactOptional(v.array(v.string())),
});
export type Lesson = v.InferOutput<typeof lesson>;

/** `POST /lessons`. */
export const createLessonRequest = v.strictObject({
  ...usual,
  name: content.name,
  template: content.template,
  startsAt: timestamp,
  endsAt: timestamp,
});
export type CreateLessonRequest = v.InferOutput<typeof createLessonRequest>;

/** `PATCH /lessons/<id>`. */
export const patchLessonRequest = v.strictObject({
  ...changed,
  startsAt: v.exactOptional(timestamp),
  endsAt: v.exactOptional(timestamp),
  cancelled: v.exactOptional(v.boolean()),
});
export type PatchLessonRequest = v.InferOutput<typeof patchLessonRequest>;

/** `?from=&to=` and more of `GET /lessons`: those that touch that time. */
export const lessonQuery = v.strictObject({
  from: v.optional(timestamp),
  to: v.optional(timestamp),
  group: v.optional(requestId),
  room: v.optional(requestId),
});
export type LessonQuery = v.InferOutput<typeof lessonQuery>;

const rhythm = {
  /** 1 is Monday. */
  weekday: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)),
  starts: timeOfDay,
  ends: timeOfDay,
  everyWeeks: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)),
  firstDay: day,
  lastDay: day,
};

export const lessonSeries = v.object({
  id,
  ...content,
  ...rhythm,
  timeZone,
  createdAt: timestamp,
});
export type LessonSeries = v.InferOutput<typeof lessonSeries>;

/** `POST /lesson-series`. */
export const createSeriesRequest = v.strictObject({
  ...usual,
  ...rhythm,
  name: content.name,
  template: content.template,
  everyWeeks: v.optional(rhythm.everyWeeks, 1),
  /** The school's unless told. */
  timeZone: v.optional(timeZone),
});
export type CreateSeriesRequest = v.InferOutput<typeof createSeriesRequest>;

/** `PATCH /lesson-series/<id>`: lessons to come change with it, but those that were changed by hand. */
export const patchSeriesRequest = v.strictObject({
  ...changed,
  weekday: v.exactOptional(rhythm.weekday),
  starts: v.exactOptional(rhythm.starts),
  ends: v.exactOptional(rhythm.ends),
  everyWeeks: v.exactOptional(rhythm.everyWeeks),
  firstDay: v.exactOptional(rhythm.firstDay),
  lastDay: v.exactOptional(rhythm.lastDay),
  timeZone: v.exactOptional(timeZone),
});
export type PatchSeriesRequest = v.InferOutput<typeof patchSeriesRequest>;

export const holiday = v.object({ id, name, firstDay: day, lastDay: day });
export type Holiday = v.InferOutput<typeof holiday>;

/** `POST /holidays`, `PUT /holidays/<id>`. */
export const holidayRequest = v.strictObject({ name, firstDay: day, lastDay: day });
export type HolidayRequest = v.InferOutput<typeof holidayRequest>;

/** What concerns the school as a whole. */
export const school = v.strictObject({ timeZone });
export type School = v.InferOutput<typeof school>;

/** `?…` of `POST /lessons/import`: what is taken where the file does not tell. */
export const lessonImportQuery = v.strictObject({
  /** Only tells what would become of it. */
  dryRun: v.optional(
    v.pipe(
      v.picklist(['true', 'false']),
      v.transform((text) => text === 'true'),
    ),
    'false',
  ),
  /** Take what is right although there are faults; they are told all the same. */
  skipFaults: v.optional(
    v.pipe(
      v.picklist(['true', 'false']),
      v.transform((text) => text === 'true'),
    ),
    'false',
  ),
  group: v.optional(requestId),
  room: v.optional(requestId),
  template: v.optional(requestId),
});

export const lessonImport = v.object({
  dryRun: v.boolean(),
  created: counter,
  changed: counter,
  /** Lessons that the file had once and has no more. */
  removed: counter,
  unchanged: counter,
  /** Lessons that somebody changed by hand, and that stay so. */
  kept: counter,
  /** What was cancelled, lasts the whole day or falls into holidays. */
  leftOut: counter,
  /** What was not taken because of a fault, line by line; empty without `skipFaults`. */
  faults: v.array(v.object({ field: v.string(), message: v.string() })),
});
export type LessonImport = v.InferOutput<typeof lessonImport>;

/** `GET /lessons/<id>/collection`: what was collected of an exam. */
export const examCollection = v.object({
  items: v.array(
    v.object({
      user: id,
      username: label,
      displayName: label,
      state: v.picklist(['due', 'done', 'failed']),
      /** Why it is not done yet, or never will be. */
      reason: v.nullable(v.string()),
      /** The device where the copies are. */
      host: v.nullable(id),
      collectedAt: nullableTime,
      report: v.nullable(collectionReport),
    }),
  ),
});
export type ExamCollection = v.InferOutput<typeof examCollection>;
