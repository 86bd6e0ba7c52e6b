import type { ErrorRule } from './error-rule.ts';

/** A desktop’s picture on its way to the browser. */
export const streams = {
  ticket_invalid: {
    status: 403,
    title: 'The stream ticket is unknown, used, expired or for another device.',
    remedy: 'Reload the desktop’s page; it fetches a new ticket.',
  },
  stream_unreachable: {
    status: 502,
    title: 'The desktop’s screen does not answer.',
    remedy: 'The page tries again; end the session if it lasts.',
  },
  stream_closed: {
    status: 502,
    title: 'The desktop’s screen server closed the stream.',
    remedy: 'The page tries again; a dead desktop is replaced.',
  },
  control_taken: {
    status: 409,
    title: 'Somebody else holds the keyboard and mouse of this desktop.',
    remedy: 'Watch it until they give them back; what a lost connection held is free within a minute.',
  },
  broadcast_over: {
    status: 410,
    title: 'The broadcast is over.',
    remedy: 'Nothing: the seat returns to what it showed before.',
  },
  broadcast_without_desktop: {
    status: 409,
    title: 'There is no desktop to show.',
    remedy: 'Open a desktop of your own first, or choose a student’s.',
  },
} as const satisfies Record<string, ErrorRule>;
