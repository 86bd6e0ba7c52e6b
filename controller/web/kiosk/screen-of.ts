import type { KioskView, User } from '@homeroom/protocol';
import type { ApiError } from '../shared/api/api-error.ts';

/** What a seat's screen shows; one view each. */
export type KioskScreen =
  | 'loading'
  | 'offline'
  | 'door'
  | 'sign-in'
  | 'choose'
  | 'waiting'
  | 'opening'
  | 'locked'
  | 'message'
  | 'unassigned'
  | 'revoked';

export interface KioskFacts {
  readonly view: KioskView | undefined;
  /** Who signed in at this seat; null for nobody, undefined while it is not known. */
  readonly user: User | null | undefined;
  /** Why the last look failed. */
  readonly error: ApiError | undefined;
}

/**
 * The rule from what the page knows to what it shows. A lock outlasts a controller that is away: pulling the
 * network cable must not open a locked seat.
 */
export function screenOf({ view, user, error }: KioskFacts): KioskScreen {
  if (error) return screenOfError(error, view);
  if (!view) return 'loading';
  if (view.view === 'desktop' || view.view === 'broadcast') return 'opening';
  if (view.view !== 'sign-in') return view.view;
  if (user === undefined) return 'loading';
  return user === null ? 'sign-in' : 'choose';
}

function screenOfError(error: ApiError, view: KioskView | undefined): KioskScreen {
  if (view?.view === 'locked') return 'locked';
  if (error.code === 'device_revoked') return 'revoked';
  return error.passes ? 'offline' : 'door';
}
