import * as v from 'valibot';
import { desktopPolicies } from '../payloads/desktop-policies.ts';
import { counter, label, timestamp } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';
import { onlooker } from './onlooker.ts';

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

/**
 * The way to a desktop: waiting in the queue, one found, made the user's own, its page connecting, there.
 * A session that found one at once has passed the queue too.
 */
export const sessionStepNames = ['queued', 'found', 'preparing', 'connecting', 'there'] as const;
export type SessionStepName = (typeof sessionStepNames)[number];

const sessionStep = v.object({
  name: v.picklist(sessionStepNames),
  state: v.picklist(['done', 'now', 'next']),
  /** When it was reached; null when it was not yet, or is not known. */
  at: nullableTime,
});
export type SessionStep = v.InferOutput<typeof sessionStep>;

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
  /** Seconds until it gets a desktop, while `waiting`; null when nothing is known that would tell. */
  estimateS: v.nullable(counter),
  /** Empty once it has ended. */
  steps: v.array(sessionStep),
  /** Why it ended, or what it waits for, as a sentence. */
  reason: v.nullable(v.string()),
  endReason: v.nullable(v.picklist(endReasons)),
  startedAt: timestamp,
  endedAt: nullableTime,
  /** When a rule ends it, if nobody does anything; null when none will. */
  endsAt: nullableTime,
  /** By which rule. */
  endsBy: v.nullable(v.picklist(endReasons)),
  /** How often its user was warned of that end: 2 at most, and always before it. */
  warning: v.picklist([0, 1, 2]),
  /** Whether `POST …/keep` puts that end off. */
  mayKeep: v.boolean(),
  /** What its desktop lets through; what is not named is allowed. */
  policies: v.exactOptional(desktopPolicies),
  /** The folder of the home where work of its exam is to be saved, for that alone is collected; null outside of exams. */
  examFolder: v.exactOptional(v.nullable(label)),
  /** Who looks at its desktop beside its user; absent where nobody was asked for. */
  onlookers: v.exactOptional(v.array(onlooker)),
  /** The room to whose seats its desktop is shown now. */
  shownIn: v.exactOptional(v.nullable(label)),
  /** What is wrong with its desktop, as a sentence; it is not given back while it lasts. */
  trouble: v.nullable(v.string()),
});
export type Session = v.InferOutput<typeof session>;
