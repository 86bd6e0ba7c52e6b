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
  second_step_required: {
    status: 401,
    title: 'A code is needed, too.',
    remedy: 'Send the code of the authenticator app with the ticket that came along.',
  },
  second_step_wrong: {
    status: 403,
    title: 'The code is wrong, or was used already.',
    remedy: 'Type the next one that the app shows, or a recovery code; check the phone’s clock if it lasts.',
  },
  second_step_over: {
    status: 401,
    title: 'This sign-in took too long, or too many codes were wrong.',
    remedy: 'Sign in again with the password.',
  },
  second_step_set: {
    status: 409,
    title: 'There is a second step already.',
    remedy: 'Remove it first; an admin can reset it.',
  },
  second_step_unset: {
    status: 409,
    title: 'There is no second step.',
    remedy: 'Set one up on the Security page.',
  },
  seal_broken: {
    status: 500,
    title: 'A secret in the database does not open with this controller’s key.',
    remedy:
      'Put the key file of the backup back into the data folder, or have an admin reset the second step.',
  },
  account_disabled: {
    status: 403,
    title: 'This account is disabled.',
    remedy: 'An admin can enable it on the People page.',
  },
  sign_in_provider_unavailable: {
    status: 503,
    title: 'The sign-in provider does not answer.',
    remedy: 'Try again in a minute; whoever has a password of Homeroom itself can sign in with it.',
  },
  sign_in_provider_refused: {
    status: 403,
    title: 'The sign-in provider did not let you in.',
    remedy: 'Try again; if it lasts, show an admin what `detail` says.',
  },
  sign_in_provider_invalid: {
    status: 502,
    title: 'What the sign-in provider answered does not hold.',
    remedy:
      'Try again; if it lasts, an admin compares client id, secret, redirect address and both clocks; the log says more.',
  },
  sign_in_provider_over: {
    status: 401,
    title: 'This sign-in took too long, was used already, or began in another browser.',
    remedy: 'Begin it again on the sign-in page.',
  },
  directory_unavailable: {
    status: 503,
    title: 'The directory that keeps the passwords does not answer.',
    remedy: 'Try again in a minute; whoever has a password of Homeroom itself can sign in with it.',
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
  import_invalid: {
    status: 422,
    title: 'The file has faults; nothing was imported.',
    remedy: 'Mend each line that `errors` names, and send it again.',
  },
  last_admin: {
    status: 409,
    title: 'This is the last admin.',
    remedy: 'Make somebody else an admin first.',
  },
  scope_missing: {
    status: 403,
    title: 'This token may not do that.',
    remedy: 'Use a token with the scope that `detail` names; make one on the Tokens page.',
  },
  guests_not_allowed: {
    status: 403,
    title: 'This seat is for people with an account.',
    remedy: 'Sign in; an admin can let guests sit down here.',
  },
  managed_elsewhere: {
    status: 409,
    title: 'This is kept elsewhere.',
    remedy: 'Change it where `detail` says; Homeroom takes it from there at the next sign-in.',
  },
} as const satisfies Record<string, ErrorRule>;
