import type { Role } from '@homeroom/protocol';

/**
 * What an account may do beyond its own things: everybody may start, see and end their own session.
 * One row per permission, so that the whole policy is read at a glance.
 */
export const permissions = {
  'templates.read': ['student', 'teacher', 'admin'],
  'rooms.read': ['teacher', 'admin'],
  'rooms.change': ['admin'],
  'devices.read': ['teacher', 'admin'],
  'devices.change': ['teacher', 'admin'],
  'devices.command': ['teacher', 'admin'],
  'seats.restart': ['teacher', 'admin'],
  'devices.restart': ['admin'],
  'devices.simulate': ['admin'],
  'devices.revoke': ['admin'],
  'devices.remove': ['admin'],
  'enrolment.decide': ['admin'],
  'sessions.read-all': ['teacher', 'admin'],
  'sessions.end-all': ['teacher', 'admin'],
  'sessions.move-all': ['teacher', 'admin'],
  'pools.read': ['teacher', 'admin'],
  'desktops.read': ['teacher', 'admin'],
  'users.read': ['teacher', 'admin'],
  'users.change': ['admin'],
  'audit.read': ['admin'],
  'status.read': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** @returns whether an account of this role may do that to anybody's things. */
export function isAllowed(role: Role, permission: Permission): boolean {
  return rolesWith(permission).includes(role);
}

/** @returns the roles that have a permission, to tell a person whom to ask. */
export function rolesWith(permission: Permission): readonly Role[] {
  return permissions[permission];
}
