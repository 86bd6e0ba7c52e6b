/** What a load test found. Pure. */
import type { LoadTest } from '@homeroom/protocol';
import type { Answered } from './ask-in-one-burst.ts';

export interface LoadFigures {
  readonly users: number;
  /** Users whose desktop was made theirs. */
  readonly served: number;
  readonly failed: number;
  /** Users beyond the first of a desktop; it must never be more than 0. */
  readonly doubles: number;
  /** Served per second, from the beginning of the burst until the last one was. */
  readonly perSecond: number;
  /** From the beginning of the burst until a user was served. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

type TestSession = LoadTest['sessions'][number];

/**
 * Put the answers, by this process's clock, and the sessions, by the database's, together: a user was served as long
 * after the answer as the desktop became theirs after the claim. That is a little late rather than early, since
 * the answer comes after the claim.
 */
export function loadFigures(
  userCount: number,
  answers: readonly Answered[],
  sessions: readonly TestSession[],
): LoadFigures {
  const ofUser = new Map(sessions.map((session) => [session.user, session]));
  const servedMs = answers
    .flatMap(({ userId, answeredMs }) => {
      const waitMs = assignmentMsOf(ofUser.get(userId));
      return waitMs === undefined ? [] : [answeredMs + waitMs];
    })
    .sort((a, b) => a - b);
  const used = sessions.flatMap(({ desktop }) => desktop ?? []);
  const lastMs = servedMs.at(-1);
  return {
    users: userCount,
    served: servedMs.length,
    failed: userCount - servedMs.length,
    doubles: used.length - new Set(used).size,
    perSecond: lastMs === undefined ? 0 : tenths(servedMs.length / (lastMs / 1000)),
    p50Ms: tenths(quantile(servedMs, 0.5)),
    p95Ms: tenths(quantile(servedMs, 0.95)),
    p99Ms: tenths(quantile(servedMs, 0.99)),
  };
}

/** @returns undefined while nobody was served */
function assignmentMsOf(session: TestSession | undefined): number | undefined {
  if (!session?.assignedAt) return undefined;
  return Math.max(0, Date.parse(session.assignedAt) - Date.parse(session.createdAt));
}

/** The smallest value that so large a part does not exceed; 0 of none. */
function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
