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
} as const satisfies Record<string, ErrorRule>;
