import type { ErrorRule } from './error-rule.ts';

/** What any request may be answered. */
export const asking = {
  request_invalid: {
    status: 400,
    title: 'The request has wrong or missing fields.',
    remedy: 'Mend each field that `errors` names.',
  },
  not_allowed: {
    status: 403,
    title: 'This account may not do that.',
    remedy: 'Ask someone with the role that `detail` names.',
  },
  not_found: {
    status: 404,
    title: 'There is no such thing, or not for this account.',
    remedy: 'See whether it still stands in its list; it may have been removed.',
  },
  conflict: { status: 409, title: 'Someone else changed this first.', remedy: 'Reload and decide again.' },
  precondition_failed: {
    status: 412,
    title: 'It is not any more as `If-Match` says.',
    remedy: 'Fetch it again, look at what changed, and decide again.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'This idempotency key was used for another request.',
    remedy:
      'Send a new key, a random UUID, with every new request; the old one with a repeated request alone.',
  },
  idempotency_key_in_use: {
    status: 409,
    title: 'The first request with this idempotency key is still at work.',
    remedy: 'Wait for the time that Retry-After tells and repeat it.',
  },
  body_too_large: {
    status: 413,
    title: 'The request is too large.',
    remedy: 'Send less than `detail` names.',
  },
  media_type_unsupported: {
    status: 415,
    title: 'The body is not JSON by its Content-Type.',
    remedy: 'Send `Content-Type: application/json`.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests.',
    remedy: 'Wait for the time that Retry-After tells.',
  },
  internal: {
    status: 500,
    title: 'Homeroom made a mistake.',
    remedy: 'The log has the same `instance`; tell whoever runs Homeroom.',
  },
} as const satisfies Record<string, ErrorRule>;
