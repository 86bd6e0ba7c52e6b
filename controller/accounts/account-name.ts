import { createHash } from 'node:crypto';

const maxLength = 31;

/**
 * Make the name of the home directory and of the account on hosts from a user name: what is safe in a
 * path, a label and a passwd line.
 *
 * @param username as people type it, `ana.maria@school.example`
 * @returns `ana-maria-school-example`; a name that had to be changed ends in six digits of its hash
 *   when it was too long, so that two long names stay two
 */
export function accountNameOf(username: string): string {
  const safe = username
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const named = /^[a-z]/.test(safe) ? safe : `u${safe}`;
  return named.length <= maxLength ? named : shorten(named, username);
}

/** @returns another name for a user whose first choice belongs to somebody else already. */
export function distinctAccountNameOf(username: string): string {
  return shorten(accountNameOf(username), username);
}

function shorten(name: string, username: string): string {
  const digits = createHash('sha256').update(username).digest('hex').slice(0, 6);
  return `${name.slice(0, maxLength - 7)}-${digits}`;
}
