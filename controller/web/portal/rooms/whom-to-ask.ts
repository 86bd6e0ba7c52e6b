import type { ListedUser } from '@homeroom/protocol';

/** @returns who gives rooms to teachers, for the sentence "Ask …" */
export function whomToAsk(people: readonly Pick<ListedUser, 'displayName' | 'role' | 'disabled'>[]): string {
  const admins = people
    .filter(({ role, disabled }) => role === 'admin' && !disabled)
    .map(({ displayName }) => displayName);
  // A crowd is not asked; whoever keeps the accounts of a large school is known there.
  if (admins.length === 0 || admins.length > 3) return 'an admin of Homeroom';
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(admins);
}
