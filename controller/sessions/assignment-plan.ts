/** What follows when a desktop could not be made a user's. Pure. */
import type { ErrorCode } from '@homeroom/protocol';

export const triesPerDesktop = 2;
export const desktopsPerSession = 2;

/**
 * - `repeat`: the same desktop again; most failures pass
 * - `replace`: give this desktop up and take another
 * - `end`: the session has failed
 */
export type AssignmentStep = 'repeat' | 'replace' | 'end';

/** With these the desktop itself is beyond hope. */
const hopelessCodes: ReadonlySet<ErrorCode> = new Set(['desktop_lost', 'desktop_failed']);

/**
 * @param attempts made so far, over both desktops, this one included
 * @param code of the failure
 */
export function planAfterFailure(attempts: number, code: ErrorCode): AssignmentStep {
  const isHopeless = hopelessCodes.has(code) || attempts % triesPerDesktop === 0;
  if (!isHopeless) return 'repeat';
  return desktopOf(attempts) < desktopsPerSession ? 'replace' : 'end';
}

/** @returns which desktop of the session an attempt was for, from 1. */
function desktopOf(attempts: number): number {
  return Math.ceil(attempts / triesPerDesktop);
}

/** @returns what `assign_attempts` is when a replacement is taken: the tries that were left are forgone. */
export function attemptsAfterReplacement(attempts: number): number {
  return desktopOf(attempts) * triesPerDesktop;
}
