import type { Role } from '@homeroom/protocol';

/** Each role, with a word for what it may do; the least first. */
export const roleChoices: readonly { readonly role: Role; readonly label: string }[] = [
  { role: 'student', label: 'Student: own desktops' },
  { role: 'teacher', label: 'Teacher: rooms, seats and sessions' },
  { role: 'admin', label: 'Admin: everything' },
];

/** @returns the role that a form chose; the least one for anything else. */
export function roleOf(value: unknown): Role {
  return roleChoices.find(({ role }) => role === value)?.role ?? 'student';
}
