import { createHash } from 'node:crypto';

const maxLength = 64;

/**
 * The user names that somebody of elsewhere may get, the best first. Pure.
 *
 * @param wishes as the provider or the directory tells them, the best first; any may be empty or unfit
 * @param externalId names the person there; makes the last choice their own
 * @returns at least one, each as a user name is allowed to be, the last as good as surely free
 */
export function externalUsernames(wishes: readonly string[], externalId: string): string[] {
  const digits = createHash('sha256').update(externalId).digest('hex').slice(0, 8);
  const [wish] = wishes.map(safeUsername).filter((name) => name !== '');
  if (wish === undefined) return [`person-${digits}`];
  return [wish, `${wish.slice(0, maxLength - digits.length - 1)}-${digits}`];
}

/** @returns what is left of a name; empty when nothing is */
function safeUsername(wish: string): string {
  return wish
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._@-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, maxLength);
}
