import type { ErrorRule } from './error-rule.ts';

/** Sessions, and the desktops behind them. */
export const desktops = {
  template_unknown: {
    status: 404,
    title: 'There is no such template.',
    remedy: 'Choose one of the templates that are listed.',
  },
  lesson_too_large: {
    status: 422,
    title: 'A lesson cannot keep more desktops than its pool may have.',
    remedy: 'Ask for fewer `seats`, or let an admin raise the maximum of the pool.',
  },
  template_restricted: {
    status: 403,
    title: 'This template is for certain groups.',
    remedy: 'Choose another one; an admin can put you into a group that may use it.',
  },
  template_not_in_exam: {
    status: 403,
    title: 'An exam runs, and this template is not one of it.',
    remedy: 'Choose what the exam offers; everything else is there again when it is over.',
  },
  quota_exceeded: {
    status: 403,
    title: 'A limit is reached.',
    remedy: 'The detail says which and when it frees; an admin can change it on the Limits page.',
  },
  seat_unknown: {
    status: 404,
    title: 'There is no such seat.',
    remedy: 'Choose one of the seats that are listed.',
  },
  seat_taken: {
    status: 409,
    title: 'Someone else’s desktop is on that seat.',
    remedy: 'Choose another seat, or end that session first.',
  },
  session_ended: { status: 410, title: 'The session has ended.', remedy: 'Choose a desktop again.' },
  session_moved: {
    status: 409,
    title: 'The desktop moved to another seat.',
    remedy: 'Go on there, or sign in here again to bring it back.',
  },
  session_not_waiting: {
    status: 409,
    title: 'The session does not wait any more.',
    remedy: 'Use its desktop, or end it first and choose another template.',
  },
  keep_not_allowed: {
    status: 403,
    title: 'The end of this desktop cannot be put off.',
    remedy: 'Save your work in the home folder, and choose a fresh desktop afterwards.',
  },
  session_not_ready: {
    status: 409,
    title: 'The session has no desktop yet.',
    remedy: 'Wait until its state is `starting` or `active`.',
  },
  desktop_failed: {
    status: 502,
    title: 'The desktop could not be made.',
    remedy: 'Try again; the desktop’s `error` says why.',
  },
  desktop_create_timeout: {
    status: 504,
    title: 'The desktop was not ready in time.',
    remedy: 'Look at the host’s faults and its load.',
  },
  desktop_stop_timeout: {
    status: 504,
    title: 'The desktop could not be stopped in time.',
    remedy: 'It is removed and another one made; look at what its provider says.',
  },
  desktop_lost: {
    status: 502,
    title: 'The desktop is gone.',
    remedy: 'Start a fresh one; files in the home directory are kept.',
  },
  provider_failed: {
    status: 502,
    title: 'The provider did not do what was asked.',
    remedy: 'The detail has the provider’s own words.',
  },
  no_host: {
    status: 503,
    title: 'No healthy host has a place for this template.',
    remedy: 'Start a host agent, allow one on the Devices page, or free a place on one.',
  },
} as const satisfies Record<string, ErrorRule>;
