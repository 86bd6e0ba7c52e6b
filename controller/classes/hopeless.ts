import { type ErrorCode, HomeroomError } from '@homeroom/protocol';

/** Asking again does not help until somebody has changed something. */
const hopeless: ReadonlySet<ErrorCode> = new Set([
  'template_unknown',
  'template_restricted',
  'template_not_in_exam',
  'quota_exceeded',
  'not_found',
  'seat_unknown',
  'power_not_switchable',
  'power_overridden',
]);

/** @returns whether a step fails by this error at once */
export function isHopeless(error: Error): boolean {
  return error instanceof HomeroomError && hopeless.has(error.code);
}
