import type { ErrorRule } from './error-rule.ts';

/** Signing in, and the accounts of people. */
export const accounts = {
  sign_in_required: {
    status: 401,
    title: 'Nobody is signed in.',
    remedy: 'Sign in, or send a bearer token.',
  },
  sign_in_failed: {
    status: 401,
    title: 'The user name or the password is wrong.',
    remedy: 'Type them again; an admin can set a new password.',
  },
  sign_in_throttled: {
    status: 429,
    title: 'Too many failed attempts to sign in.',
    remedy: 'Wait for the time that Retry-After tells.',
  },
  csrf_token_wrong: {
    status: 403,
    title: 'The request did not come from a Homeroom page.',
    remedy: 'Reload the page and try again.',
  },
  user_name_taken: {
    status: 409,
    title: 'This user name is taken.',
    remedy: 'Choose another one; a disabled account keeps its name.',
  },
  last_admin: {
    status: 409,
    title: 'This is the last admin.',
    remedy: 'Make somebody else an admin first.',
  },
} as const satisfies Record<string, ErrorRule>;
