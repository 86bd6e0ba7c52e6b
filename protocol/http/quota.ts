import * as v from 'valibot';
import { counter, label, timestamp } from '../payloads/fields.ts';
import { id } from './fields.ts';

const requestId = v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(64)));
const many = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000));

const limits = {
  /** Sessions at the same time, of all whom it is for together. */
  activeSessions: v.nullable(many),
  /** Hours from Monday to Sunday by the school's clocks, of each person for themself. */
  hoursPerWeek: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(168))),
  /** Desktops at the same time, those that are being removed among them, of all together. */
  totalDesktops: v.nullable(many),
};

/** A limit on a person, on the members of a group, or on everybody; of one template, or of all. */
export const quota = v.object({
  id,
  user: v.nullable(id),
  group: v.nullable(id),
  template: v.nullable(id),
  ...limits,
  /** How many sessions and desktops count against it now. */
  sessions: counter,
  desktops: counter,
});
export type Quota = v.InferOutput<typeof quota>;

/** `POST /quotas`. */
export const createQuotaRequest = v.strictObject({
  user: v.optional(requestId, null),
  group: v.optional(requestId, null),
  template: v.optional(requestId, null),
  activeSessions: v.optional(limits.activeSessions, null),
  hoursPerWeek: v.optional(limits.hoursPerWeek, null),
  totalDesktops: v.optional(limits.totalDesktops, null),
});
export type CreateQuotaRequest = v.InferOutput<typeof createQuotaRequest>;

/** `PATCH /quotas/<id>`: what it is for stays. */
export const patchQuotaRequest = v.strictObject({
  activeSessions: v.exactOptional(limits.activeSessions),
  hoursPerWeek: v.exactOptional(limits.hoursPerWeek),
  totalDesktops: v.exactOptional(limits.totalDesktops),
});
export type PatchQuotaRequest = v.InferOutput<typeof patchQuotaRequest>;

/** `GET /me/usage`: what I used this week, and what I may. */
export const usage = v.object({
  /** The week that runs, by the school's clocks. */
  from: timestamp,
  to: timestamp,
  hoursUsed: v.number(),
  /** Of the limits that concern me, each with what counts against it. */
  limits: v.array(
    v.object({
      /** A sentence: whom and what it limits. */
      scope: label,
      template: v.nullable(id),
      ...limits,
      hoursUsed: v.number(),
      sessions: counter,
      desktops: counter,
    }),
  ),
  /** Where my files are kept: the folder that every desktop of mine opens as its home. */
  home: label,
});
export type Usage = v.InferOutput<typeof usage>;
