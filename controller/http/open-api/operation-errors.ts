import type { ErrorCode } from '@homeroom/protocol';
import { isChange } from '../csrf.ts';
import type { Route } from '../route.ts';

/** What any request may end with, whatever it asks for. */
const always: readonly ErrorCode[] = [
  'internal',
  'database_unavailable',
  'controller_stopping',
  'rate_limited',
  'not_found',
  'request_invalid',
];
/** What any request with a body may: the server reads it before it knows who asks. */
const withBody: readonly ErrorCode[] = ['body_too_large', 'media_type_unsupported'];

const ofKeys: readonly ErrorCode[] = ['idempotency_key_reused', 'idempotency_key_in_use'];

/** @returns every code that an operation may answer with: those of its kind, then its own; each once */
export function errorsOf(route: Route, reading?: Route): ErrorCode[] {
  const codes = new Set<ErrorCode>(always);
  // A wrong bearer token is refused everywhere.
  codes.add('sign_in_required');
  if (route.access !== 'anyone') codes.add('not_allowed');
  if (route.access === 'device') codes.add('device_credential_wrong');
  if (isChange(route.method))
    for (const code of [...withBody, 'csrf_token_wrong', 'disk_full'] as const) codes.add(code);
  if (route.isCreating) for (const code of ofKeys) codes.add(code);
  if (reading) codes.add('precondition_failed');
  for (const code of route.errors) codes.add(code);
  return [...codes];
}
