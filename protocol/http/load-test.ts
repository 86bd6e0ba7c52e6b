import * as v from 'valibot';
import { counter, timestamp } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';
import { sessionStates } from './session.ts';

/** Somebody who does not exist, signed in. */
const loadTestUser = v.object({
  id,
  /** Of the cookie `homeroom_session`. */
  cookie: v.string(),
  /** For the header `X-CSRF-Token`. */
  csrfToken: v.string(),
});
export type LoadTestUser = v.InferOutput<typeof loadTestUser>;

const loadTestSession = v.object({
  id,
  user: id,
  state: v.picklist(sessionStates),
  desktop: v.nullable(id),
  createdAt: timestamp,
  /** When the desktop became the user's. */
  assignedAt: nullableTime,
});

export const loadTest = v.object({
  id,
  template: id,
  /** Desktops of the template that stand ready now. */
  ready: counter,
  /** Those of its users, live or ended. */
  sessions: v.array(loadTestSession),
});
export type LoadTest = v.InferOutput<typeof loadTest>;

/** As it is told to whoever begins it, this once. */
export const startedLoadTest = v.object({ ...loadTest.entries, users: v.array(loadTestUser) });
export type StartedLoadTest = v.InferOutput<typeof startedLoadTest>;

export const createLoadTestRequest = v.strictObject({
  users: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)),
  /** One whose provider is `simulated`; without it, one is made, with a desktop for each user. */
  template: v.optional(id),
});
export type CreateLoadTestRequest = v.InferOutput<typeof createLoadTestRequest>;
