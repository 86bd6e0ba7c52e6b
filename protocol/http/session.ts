import * as v from 'valibot';
import { counter, label, timestamp } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';

export const sessionStates = ['waiting', 'starting', 'active', 'detached', 'ended'] as const;
export type SessionState = (typeof sessionStates)[number];

export const endReasons = [
  'logout',
  'teacher',
  'idle',
  'limit',
  'lesson-over',
  'desktop-lost',
  'failed',
] as const;
export type EndReason = (typeof endReasons)[number];

export const session = v.object({
  id,
  user: id,
  username: label,
  template: id,
  state: v.picklist(sessionStates),
  desktop: v.nullable(id),
  seat: v.nullable(id),
  /** Where the desktop is seen: `/desktop/<session>`. */
  url: v.string(),
  /** Place in the queue, from 1, while `waiting`. */
  place: v.nullable(counter),
  /** Why it ended, or what it waits for, as a sentence. */
  reason: v.nullable(v.string()),
  endReason: v.nullable(v.picklist(endReasons)),
  startedAt: timestamp,
  endedAt: nullableTime,
});
export type Session = v.InferOutput<typeof session>;
