import type { ErrorCode, Role } from '@homeroom/protocol';
import type { Caller } from './caller.ts';

/**
 * Who may use a route:
 * - `anyone`: no sign-in is needed;
 * - `device`: an agent, by HTTP Basic with its device's credential;
 * - `kiosk`: a kiosk's browser, whether somebody is signed in there or not;
 * - `viewer`: a person or a kiosk's browser;
 * - a role: a person with that role or a higher one.
 */
export type Access = 'anyone' | 'device' | 'kiosk' | 'viewer' | Role;

const rank: Record<Role, number> = { student: 1, teacher: 2, admin: 3 };

/** @returns whether a person's role is at least `role`; a guest has none. */
export function hasRole(caller: Caller, role: Role): boolean {
  const { person } = caller;
  return person !== undefined && !person.user.isGuest && rank[person.user.role] >= rank[role];
}

/**
 * The one rule of who may use which route. Devices are not callers: their routes check the
 * credential themselves, so `device` lets every caller through here.
 *
 * @returns undefined when the caller may go on, else why not
 */
export function refusalOf(access: Access, caller: Caller): ErrorCode | undefined {
  switch (access) {
    case 'anyone':
    case 'device':
      return undefined;
    case 'kiosk':
      return caller.kiosk ? undefined : 'sign_in_required';
    case 'viewer':
      return caller.person || caller.kiosk ? undefined : 'sign_in_required';
    default:
      if (!caller.person) return 'sign_in_required';
      return hasRole(caller, access) ? undefined : 'not_allowed';
  }
}
