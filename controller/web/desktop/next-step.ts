import type { ApiErrorCode } from '../shared/api/api-error.ts';

export interface NextStep {
  /**
   * - `retry`: try again after a back-off
   * - `wait`: the desktop is not there yet; look again when the session changes
   * - `ended`: nothing more will come
   * - `moved`: it goes on at another seat, and not here
   * - `taken`: somebody else has keyboard and mouse
   * - `sign-in`: somebody has to sign in first
   */
  readonly what: 'retry' | 'wait' | 'ended' | 'moved' | 'taken' | 'sign-in';
  readonly title: string;
  readonly text: string;
}

// Whether the desktop goes on meanwhile is not known here, so it is not promised.
const reconnecting = 'This page tries again by itself.';

const steps: Partial<Record<ApiErrorCode, NextStep>> = {
  session_ended: { what: 'ended', title: 'This desktop has ended', text: '' },
  desktop_lost: {
    what: 'ended',
    title: 'This desktop stopped working',
    text: 'Files in your home folder are kept. Choose a fresh desktop.',
  },
  session_moved: {
    what: 'moved',
    title: 'Your desktop moved to another seat',
    text: 'It goes on there as it was. Here somebody else can sign in.',
  },
  not_found: {
    what: 'ended',
    title: 'This is not your desktop',
    text: 'It does not exist, or it belongs to somebody else.',
  },
  not_allowed: {
    what: 'ended',
    title: 'This is not your desktop',
    text: 'It belongs to somebody else.',
  },
  control_taken: {
    what: 'taken',
    title: 'Somebody else helps here now.',
    text: 'You go on looking.',
  },
  broadcast_over: { what: 'ended', title: 'The broadcast is over', text: '' },
  sign_in_required: { what: 'sign-in', title: 'Sign in first', text: 'Your sign-in is over.' },
  session_not_ready: {
    what: 'wait',
    title: 'Preparing your desktop',
    text: 'It opens here as soon as it is ready.',
  },
  ticket_invalid: { what: 'retry', title: 'Opening your desktop', text: '' },
  stream_unreachable: {
    what: 'retry',
    title: 'The desktop does not answer yet',
    text: 'This page tries again by itself. If it lasts, end the desktop and choose a fresh one.',
  },
  stream_closed: {
    what: 'retry',
    title: 'The desktop’s screen was closed',
    text: 'This page tries again by itself. If it lasts, end the desktop and choose a fresh one.',
  },
  controller_away: { what: 'retry', title: 'The connection was lost', text: reconnecting },
  controller_stopping: { what: 'retry', title: 'Homeroom is restarting or stopping', text: reconnecting },
  database_unavailable: { what: 'retry', title: 'Homeroom is busy', text: reconnecting },
};

const otherwise: NextStep = { what: 'retry', title: 'The connection was lost', text: reconnecting };

/**
 * What to do after a stream could not be opened or was closed.
 *
 * @param code of the problem, or the reason that the WebSocket was closed with
 */
export function nextStep(code: string): NextStep {
  return Object.hasOwn(steps, code) ? (steps[code as ApiErrorCode] ?? otherwise) : otherwise;
}

const finals: ReadonlySet<NextStep['what']> = new Set(['ended', 'moved', 'taken', 'sign-in']);

/** @returns whether the page has nothing more to wait for */
export function isFinal({ what }: NextStep): boolean {
  return finals.has(what);
}
