/**
 * When a rule ends a session. Pure; times are milliseconds since 1970 by the database's clock.
 * - The hard limit counts from the claim, and nothing puts it off.
 * - Idleness counts from the last input (at the seat or in the stream), or from when the desktop became its user's.
 * - A detached session is kept for its grace.
 * - A lesson's end counts where the lesson says so.
 * - A class that somebody ends is over when they said; nothing puts that off.
 * - What its student asked to keep is ended neither by idleness nor by a lesson before that time.
 */
import type { EndReason, SessionState } from '@homeroom/protocol';

export interface EndFacts {
  readonly state: SessionState;
  /** Its desktop was claimed; null for a session without one. */
  readonly claimedAt: Date | null;
  /** Its desktop became its user's. */
  readonly assignedAt: Date | null;
  readonly lastInputAt: Date | null;
  readonly keptUntil: Date | null;
  /** The deadline of its state: of a detached session the end of its grace. */
  readonly deadlineAt: Date | null;
  readonly idleTimeoutS: number | null;
  readonly limitS: number | null;
  readonly graceS: number;
  /** Of the lesson that ends its sessions. */
  readonly lesson: { readonly startsAt: Date; readonly endsAt: Date } | null;
  /** Of the class that somebody ends. */
  readonly classEnd: { readonly toldAt: Date; readonly endsAt: Date } | null;
}

export interface ComingEnd {
  readonly atMs: number;
  readonly endReason: Extract<EndReason, 'idle' | 'limit' | 'lesson-over'>;
  /** A sentence for the user. */
  readonly reason: string;
  /** The whole span that ends then: warnings are spread by it. */
  readonly spanMs: number;
  /** Whether its student may put it off, where the template allows it. */
  readonly isKeepable: boolean;
  /** Somebody has just said when: it is told at once, and comes to the second. */
  readonly isAnnounced?: boolean;
}

/** @returns the earliest end that a rule has for a session; undefined when none has, or there is no desktop in use */
export function comingEnd(facts: EndFacts): ComingEnd | undefined {
  if (facts.state !== 'active' && facts.state !== 'detached') return undefined;
  const ends = [limitEnd, lessonEnd, classEnd, idleEnd, graceEnd].map((rule) => rule(facts));
  return ends.reduce((first, end) => (end && (!first || end.atMs < first.atMs) ? end : first), undefined);
}

function limitEnd({ claimedAt, limitS }: EndFacts): ComingEnd | undefined {
  if (limitS === null || claimedAt === null) return undefined;
  const spanMs = limitS * 1000;
  const reason = 'The session’s time is over.';
  return { atMs: claimedAt.getTime() + spanMs, endReason: 'limit', reason, spanMs, isKeepable: false };
}

function lessonEnd({ lesson, keptUntil }: EndFacts): ComingEnd | undefined {
  if (!lesson) return undefined;
  const atMs = Math.max(lesson.endsAt.getTime(), timeOf(keptUntil));
  const spanMs = lesson.endsAt.getTime() - lesson.startsAt.getTime();
  return { atMs, endReason: 'lesson-over', reason: 'The lesson is over.', spanMs, isKeepable: true };
}

function classEnd({ classEnd: end }: EndFacts): ComingEnd | undefined {
  if (!end) return undefined;
  const atMs = end.endsAt.getTime();
  const spanMs = Math.max(0, atMs - end.toldAt.getTime());
  const reason = 'The class is over.';
  return { atMs, endReason: 'lesson-over', reason, spanMs, isKeepable: false, isAnnounced: true };
}

function idleEnd({ idleTimeoutS, lastInputAt, assignedAt, keptUntil }: EndFacts): ComingEnd | undefined {
  const usedAtMs = Math.max(timeOf(lastInputAt), timeOf(assignedAt));
  if (idleTimeoutS === null || usedAtMs === 0) return undefined;
  const spanMs = idleTimeoutS * 1000;
  const atMs = Math.max(usedAtMs + spanMs, timeOf(keptUntil));
  const reason = 'Nobody used the keyboard or the mouse.';
  return { atMs, endReason: 'idle', reason, spanMs, isKeepable: true };
}

function graceEnd({ state, deadlineAt, graceS, keptUntil }: EndFacts): ComingEnd | undefined {
  if (state !== 'detached' || deadlineAt === null) return undefined;
  const atMs = Math.max(deadlineAt.getTime(), timeOf(keptUntil));
  const reason = 'Nobody came back to the desktop in time.';
  return { atMs, endReason: 'idle', reason, spanMs: graceS * 1000, isKeepable: true };
}

function timeOf(time: Date | null): number {
  return time?.getTime() ?? 0;
}
