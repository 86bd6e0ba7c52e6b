/**
 * What is to be done about a session's coming end: its user is warned twice, then it ends. Pure.
 * - Warnings come 5 minutes and 1 minute before; in spans under 20 minutes, at half and at a tenth of the span.
 * - The end that was told is a promise: it never comes earlier than told, and never within 30 s of the telling.
 * - An end that somebody has just announced is told at once, and comes when they said.
 * - An end that moved away (somebody typed, or asked to keep it) is told afresh.
 * What was told stands on the record, so any process carries it on.
 */
import type { ComingEnd } from './coming-end.ts';

/** What stands on record of the warnings. */
export interface Told {
  /** 0 to 2. */
  readonly warnings: number;
  /** The end that was told last; null when none was. */
  readonly endAtMs: number | null;
}

/**
 * - `end`: its time is over, and its user was warned
 * - `warn`: `told` is what is told now
 * - `wait`: nothing now; `told` is cleared when what was told does not hold any more
 */
export type EndPlan =
  | { readonly do: 'end'; readonly end: ComingEnd }
  | { readonly do: 'warn' | 'wait'; readonly told: Told; readonly lookAgainMs: number };

const nothingTold: Told = { warnings: 0, endAtMs: null };

/** Between the last warning and the end, at least. */
export const shortestNoticeMs = 30_000;
/** Each session is looked at this often, whatever is known of it: rules change. */
export const longestLookMs = 60_000;
const shortSpanMs = 20 * 60_000;
const usualLeadsMs = [5 * 60_000, 60_000] as const;
/** Clocks and roundings: an end that is this little later is still the one that was told. */
const toleranceMs = 500;

/** @returns how long before the end the first and the last warning come */
export function leadsOf(spanMs: number): readonly [number, number] {
  if (spanMs >= shortSpanMs) return usualLeadsMs;
  return [Math.max(spanMs / 2, shortestNoticeMs), Math.max(spanMs / 10, shortestNoticeMs)];
}

/** @returns when an end is warned of, as times before it */
function warningLeadsOf({ spanMs, isAnnounced }: ComingEnd): readonly [number, number] {
  return isAnnounced ? [Number.POSITIVE_INFINITY, Math.min(usualLeadsMs[1], spanMs)] : leadsOf(spanMs);
}

/** @returns what was told, as far as it still holds: an end that moved away was never told */
export function toldOf(end: ComingEnd | undefined, told: Told): Told {
  if (!end || told.endAtMs === null) return nothingTold;
  return end.atMs > told.endAtMs + toleranceMs ? nothingTold : told;
}

/** @returns when the session ends, in milliseconds since 1970: never before what was promised at the last warning */
export function promisedEndMs(end: ComingEnd, told: Told): number {
  if (end.isAnnounced) return end.atMs;
  const { warnings, endAtMs } = toldOf(end, told);
  return warnings === 2 && endAtMs !== null ? Math.max(end.atMs, endAtMs) : end.atMs;
}

/**
 * Plan one look at a session.
 *
 * @param end the coming end; undefined when no rule ends it
 * @param recorded what stands on record as told
 * @param nowMs the database's clock
 */
export function planEnd(end: ComingEnd | undefined, recorded: Told, nowMs: number): EndPlan {
  const told = toldOf(end, recorded);
  if (!end) return { do: 'wait', told, lookAgainMs: nowMs + longestLookMs };
  const due = warningsDue(end, nowMs);
  if (due > told.warnings) {
    const noticeMs = end.isAnnounced ? 0 : shortestNoticeMs;
    const now: Told = { warnings: due, endAtMs: Math.max(end.atMs, nowMs + noticeMs) };
    return { do: 'warn', told: now, lookAgainMs: nextLookMs(end, now, nowMs) };
  }
  if (told.warnings === 2 && nowMs >= promisedEndMs(end, told)) return { do: 'end', end };
  return { do: 'wait', told, lookAgainMs: nextLookMs(end, told, nowMs) };
}

function warningsDue(end: ComingEnd, nowMs: number): number {
  return warningLeadsOf(end).filter((leadMs) => nowMs >= end.atMs - leadMs).length;
}

function nextLookMs(end: ComingEnd, told: Told, nowMs: number): number {
  const warnings = warningLeadsOf(end).map((leadMs) => end.atMs - leadMs);
  const times = [...warnings.slice(told.warnings), promisedEndMs(end, told)].filter((time) => time > nowMs);
  return Math.min(...times, nowMs + longestLookMs);
}
