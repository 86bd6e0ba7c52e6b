import type { Role } from '@homeroom/protocol';

const rank: Record<Role, number> = { student: 1, teacher: 2, admin: 3 };

/**
 * @param names by which the map may call the person's groups, as the map writes them
 * @returns the highest role that a group gives; student where none does: nobody gets more without being named
 */
export function roleOfGroups(names: readonly string[], roles: Readonly<Record<string, Role>>): Role {
  return names
    .filter((name) => Object.hasOwn(roles, name))
    .map((name) => roles[name] ?? 'student')
    .reduce<Role>((best, role) => (rank[role] > rank[best] ? role : best), 'student');
}
