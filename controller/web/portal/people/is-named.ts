import type { User } from '@homeroom/protocol';

/** @returns whether a person is one of those that are looked for: by a part of the name or of the user name. */
export function isNamed(person: Pick<User, 'username' | 'displayName'>, looked: string): boolean {
  const wanted = looked.trim().toLowerCase();
  return [person.username, person.displayName].some((name) => name.toLowerCase().includes(wanted));
}
