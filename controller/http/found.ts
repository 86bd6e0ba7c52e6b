import { type ErrorCode, HomeroomError } from '@homeroom/protocol';

/**
 * Turn "there is none" into an answer.
 *
 * @throws HomeroomError with `code`, not_found by default
 */
export function found<T>(value: T | undefined, code: ErrorCode = 'not_found'): T {
  if (value === undefined) throw new HomeroomError(code);
  return value;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * An id from a path, before the database sees it: PostgreSQL refuses a malformed UUID with an
 * error, though it only means that there is no such record.
 *
 * @throws HomeroomError with `code`, not_found by default
 */
export function uuidOf(text: string | undefined, code: ErrorCode = 'not_found'): string {
  if (text === undefined || !uuid.test(text)) throw new HomeroomError(code);
  return text;
}
