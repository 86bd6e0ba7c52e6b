import * as v from 'valibot';
import { counter, label, timestamp } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';

/** The way of a seat into a class, and out of it. */
export const classStartSteps = ['power', 'awake', 'screen', 'desktop', 'page'] as const;
export const classEndSteps = ['warning', 'session', 'screen', 'shutdown', 'power'] as const;
export type ClassStep = (typeof classStartSteps)[number] | (typeof classEndSteps)[number];

export const classRunSeat = v.object({
  seat: id,
  seatName: label,
  /** Who is to sit there; null where whoever signs in does. */
  student: v.nullable(v.object({ id, username: label, displayName: label })),
  session: v.nullable(id),
  /** The step that it stands at; of a seat that is done the last one. */
  step: v.picklist([...classStartSteps, ...classEndSteps]),
  state: v.picklist(['now', 'done', 'failed']),
  /** When it came to this step, and when the step is given up. */
  stepSince: timestamp,
  deadlineAt: nullableTime,
  /** What it waits for, or why it failed, as a sentence. */
  reason: v.nullable(label),
  /** How often it was tried again by hand. */
  retries: counter,
  finishedAt: nullableTime,
});
export type ClassRunSeat = v.InferOutput<typeof classRunSeat>;

/** One start or end of a class in a room. A room has one that runs at most. */
export const classRun = v.object({
  id,
  room: id,
  kind: v.picklist(['start', 'end']),
  lesson: v.nullable(id),
  template: v.nullable(id),
  group: v.nullable(id),
  /** `done` when every seat is done or failed. */
  state: v.picklist(['running', 'done', 'cancelled']),
  /** Null: the timetable. */
  startedBy: v.nullable(label),
  startedAt: timestamp,
  endedAt: nullableTime,
  /** Kind `end`: when sessions end. */
  warnUntil: nullableTime,
  seats: v.array(classRunSeat),
});
export type ClassRun = v.InferOutput<typeof classRun>;

const seats = v.pipe(v.array(id), v.minLength(1), v.maxLength(500));

/** `POST /rooms/<id>/start`: a lesson, or a template with or without a group. Without `seats` all of the room. */
export const startClassRequest = v.pipe(
  v.strictObject({
    lesson: v.optional(v.nullable(id), null),
    template: v.optional(v.nullable(id), null),
    group: v.optional(v.nullable(id), null),
    seats: v.optional(seats),
    /** Start although there are fewer desktops than seats. */
    allowShortage: v.optional(v.boolean(), false),
  }),
  v.check(
    ({ lesson, template }) => (lesson === null) !== (template === null),
    'A class is started with a lesson, or with a template.',
  ),
);
export type StartClassRequest = v.InferOutput<typeof startClassRequest>;

/** `POST /rooms/<id>/stop`. */
export const stopClassRequest = v.strictObject({
  seats: v.optional(seats),
  /** How long students are told before their sessions end. */
  warnS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1800)), 60),
  /** Whether the computers are shut down and their power is cut. */
  powerOff: v.optional(v.boolean(), true),
});
export type StopClassRequest = v.InferOutput<typeof stopClassRequest>;

/** Stands as `desktops` in the problem `desktops_short`. */
export const desktopCount = v.object({
  needed: counter,
  /** That stand ready now. */
  ready: counter,
  /** That there can be at all, with those that are made on demand. */
  possible: counter,
});
export type DesktopCount = v.InferOutput<typeof desktopCount>;

/** `POST /rooms/<id>/start-preview`, with the body of a start; and `GET /lessons/<id>/preview`. */
export const classPreview = v.object({
  at: timestamp,
  seats: v.array(
    v.object({
      seat: id,
      seatName: label,
      student: v.nullable(v.object({ id, username: label, displayName: label })),
      /** What will happen there, in order, as short sentences. */
      steps: v.array(label),
      /** What will keep it from happening. */
      problems: v.array(label),
    }),
  ),
  desktops: desktopCount,
  /** Members of the group for whom there is no seat. */
  withoutSeat: v.array(v.object({ id, username: label, displayName: label })),
  problems: v.array(label),
});
export type ClassPreview = v.InferOutput<typeof classPreview>;

/** `PUT /rooms/<id>/seating`: who sits where; a group has one plan in a room. */
export const seating = v.strictObject({
  group: id,
  places: v.pipe(v.array(v.strictObject({ seat: id, user: id })), v.maxLength(500)),
});
export type Seating = v.InferOutput<typeof seating>;
